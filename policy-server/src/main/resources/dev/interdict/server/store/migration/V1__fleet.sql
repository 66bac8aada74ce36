-- Device tables: device_id (a hash, so evenly spread) comes first in every key; no foreign keys, sequences
-- or triggers; bigint, integer and text only, times in epoch milliseconds. They shard as they stand.

create table device (
  device_id text not null primary key,
  public_key text not null,
  hardware text,
  enrolled_at bigint not null,
  token_id text not null,
  department text not null,
  ring text not null,
  tags text not null,
  host text not null,
  os text not null,
  os_version text not null,
  architecture text not null,
  agent_version text,
  last_contact bigint not null,
  contact_day integer not null,
  scanned_at bigint,
  supported integer not null,
  policy_serial bigint,
  policy_version bigint,
  sequence bigint not null,
  report_hash text,
  notes_hash text,
  lost bigint not null,
  forked_at bigint
);
-- By day, so that a report changes the index once a day at most; exact times are compared on the rows it finds.
create index device_contact on device (contact_day);
create index device_hardware on device (hardware);
create index device_host on device (host, device_id);

create table report (
  device_id text not null,
  sequence bigint not null,
  received_at bigint not null,
  hash text not null,
  body text not null,
  primary key (device_id, sequence)
);

create table rule_state (
  device_id text not null,
  rule_id text not null,
  state text not null,
  presence text,
  due_at bigint,
  exempt_until bigint,
  since bigint not null,
  first_seen bigint,
  error text,
  error_identity text,
  findings_hash text not null,
  primary key (device_id, rule_id)
);
create index rule_state_exempt on rule_state (exempt_until) where exempt_until is not null;
create index rule_state_failed on rule_state (rule_id, since) where state = 'failed';

create table finding (
  device_id text not null,
  rule_id text not null,
  n integer not null,
  source text not null,
  identity text not null,
  version text,
  location text not null,
  owner text,
  strength text not null,
  running integer not null,
  primary key (device_id, rule_id, n)
);

create table action (
  device_id text not null,
  sequence bigint not null,
  n integer not null,
  rule_id text not null,
  kind text not null,
  identity text not null,
  error text,
  at bigint not null,
  primary key (device_id, sequence, n)
);

create table device_note (
  device_id text not null,
  n integer not null,
  kind text not null,
  problem text not null,
  subject text,
  primary key (device_id, n)
);

-- Counts kept with every report, so that a dashboard does not count devices. Spread over shards, which are
-- added up on reading, so that no single row serialises all writers.
create table fleet_rollup (
  os text not null,
  department text not null,
  supported integer not null,
  shard integer not null,
  n bigint not null,
  primary key (os, department, supported, shard)
);

create table rule_rollup (
  rule_id text not null,
  state text not null,
  os text not null,
  department text not null,
  shard integer not null,
  n bigint not null,
  primary key (rule_id, state, os, department, shard)
);

create table enrolment_token (
  token_id text not null primary key,
  secret_hash text not null,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint not null,
  uses_left bigint not null,
  used bigint not null,
  department text not null,
  ring text not null,
  tags text not null,
  revoked_at bigint
);
create unique index enrolment_token_secret on enrolment_token (secret_hash);
