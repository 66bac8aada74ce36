-- What people did about a removal that does not succeed. Whether it still does not is told by the device's reports
-- alone (rule_state.failing_since); not made from reports: the one record of it, with the audit log.
create table failure_case (
  device_id text not null,
  rule_id text not null,
  owner text,
  -- Somebody says that it is solved; a failure that is told later opens it again by itself.
  resolved_at bigint,
  resolved_by text,
  primary key (device_id, rule_id)
);
create table failure_comment (
  device_id text not null,
  rule_id text not null,
  at bigint not null,
  who text not null,
  what text not null,
  words text not null,
  primary key (device_id, rule_id, at, who, what)
);
