-- When this server first heard of an answer, by its own clock: what a device says of the time is a claim. Made anew
-- from stored reports, as the answers are. Null for those heard before it was kept.
alter table answer add column heard_at bigint;
create index answer_request on answer (rule_id, device_id) where kind = 'exemption-request';

-- What people decided on exemptions, a row a case. Not made from reports: the one record of it, with the audit log.
-- in_force: 1 while it stands in the signed documents, which are made of these rows alone.
create table exemption (
  device_id text not null,
  case_number bigint not null,
  rule_id text not null,
  request_id text,
  state text not null,
  until_at bigint,
  reason text not null,
  contact text,
  opened_at bigint not null,
  opened_by text not null,
  decided_at bigint,
  decided_by text,
  ended_at bigint,
  ended_by text,
  end_reason text,
  in_force integer not null,
  primary key (device_id, case_number)
);
create unique index exemption_number on exemption (case_number);
create index exemption_rule on exemption (device_id, rule_id, case_number);
create index exemption_in_force on exemption (rule_id, until_at) where in_force = 1;
