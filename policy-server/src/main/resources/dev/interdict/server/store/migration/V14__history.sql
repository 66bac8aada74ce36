-- What a device's history has been through: reports that it forgot (resumed), reports that this server forgot
-- (ahead), and what was refused because another machine has its key (cloned). from_sequence: the last report that
-- the device remembered.
create table device_event (
  device_id text not null,
  sequence bigint not null,
  kind text not null,
  from_sequence bigint not null,
  at bigint not null,
  primary key (device_id, sequence, kind)
);
alter table device add column cloned_at bigint;

-- What devices know that is newer than anything here: this server was set back. By role of the signed metadata, and
-- 'serial' for the list's own number. A row is a claim of its device.
create table claim_ahead (
  device_id text not null,
  role text not null,
  version bigint not null,
  at bigint not null,
  primary key (device_id, role)
);
-- Below and up to this nothing is published again.
create table passed_over (
  role text not null primary key,
  version bigint not null,
  at bigint not null,
  actor text not null
);
