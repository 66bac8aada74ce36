-- What became of the notices that a device was to show, as its reports tell. Made anew from stored reports.
create table notice (
  device_id text not null,
  sequence bigint not null,
  n integer not null,
  rule_id text not null,
  at bigint not null,
  phase text not null,
  channel text,
  outcome text not null,
  person text,
  primary key (device_id, sequence, n)
);

-- What people at a device answered; one that several reports tell is one row. Made anew from stored reports.
create table answer (
  device_id text not null,
  rule_id text not null,
  answer_id text not null,
  kind text not null,
  at bigint not null,
  until_at bigint,
  finding text,
  reason text,
  person text,
  primary key (device_id, rule_id, answer_id)
);

-- Names a finding in answers that are about it.
alter table finding add column finding_key text;

-- Who looked at a device's page, and with the answer to which report the device was told; null while it was not.
create table device_look (
  device_id text not null,
  at bigint not null,
  who text not null,
  role text not null,
  told_sequence bigint,
  primary key (device_id, at, who)
);
