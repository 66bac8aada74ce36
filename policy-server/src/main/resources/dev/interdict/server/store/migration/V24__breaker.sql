-- When the circuit breaker held a rule, and who let go of it; open while resumed_at is null.
create table breaker_trip (
  rule_id text not null,
  tripped_at bigint not null,
  cause text not null,
  words text not null,
  resumed_at bigint,
  resumed_by text,
  resumed_note text,
  primary key (rule_id, tripped_at)
);
create index breaker_open on breaker_trip (rule_id) where resumed_at is null;

-- On how many devices a published rule was expected to match, by the preview that its reviewer saw.
create table breaker_expectation (
  rule_id text not null primary key,
  devices bigint not null,
  preview_id bigint not null,
  serial bigint not null,
  at bigint not null
);
create index answer_disputed on answer (rule_id, heard_at) where kind = 'not-that-tool';
create index rule_state_removed on rule_state (rule_id, since) where state = 'removed';
