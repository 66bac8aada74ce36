-- The workstations that the company says it has: the denominator. An entry that is retired stays.
create table expected_device (
  entry_id text not null primary key,
  serial text,
  -- As a device tells its serial: never in the clear.
  serial_hash text,
  asset text,
  host text,
  -- The host's first label in lower case, by which alone a device is matched weakly.
  host_key text,
  os text not null,
  department text not null,
  person text,
  ring text,
  group_names text not null,
  -- 1 where it counts as soon as it is on the list; 0 for one in stock, which counts once it enrols.
  in_use integer not null,
  added_at bigint not null,
  changed_at bigint not null,
  retired_at bigint,
  retired_by text,
  retired_reason text,
  -- The device that counts as this entry; null while none does.
  device_id text
);
create unique index expected_serial on expected_device (serial);
create index expected_serial_hash on expected_device (serial_hash);
create index expected_asset on expected_device (asset);
create index expected_host on expected_device (host_key);
create index expected_device_of on expected_device (device_id);
create index expected_absent on expected_device (os, department)
  where device_id is null and retired_at is null and in_use = 1;

-- Rows of a file while it is read; nothing here counts. They go when the import ends, and a day after one that broke.
create table expected_row (
  import_id text not null,
  line bigint not null,
  staged_at bigint not null,
  -- The id of the entry that it becomes, if it is new.
  fresh_id text not null,
  serial text,
  serial_hash text,
  asset text,
  host text,
  host_key text,
  os text not null,
  department text not null,
  person text,
  ring text,
  group_names text not null,
  lifecycle text not null,
  entry_id text,
  primary key (import_id, line)
);
create index expected_row_entry on expected_row (entry_id) where entry_id is not null;

-- Goes up with every change of which entries there are, so that an import knows whether its plan still holds.
create table expected_version (
  id integer not null primary key,
  version bigint not null
);
insert into expected_version (id, version) values (1, 0);

-- Only an active device counts; the others keep what they told. waiting: until somebody approves it; retired, refused:
-- by somebody; superseded: another device stands in its place.
alter table device add column standing text not null default 'active';
alter table device add column standing_at bigint;
alter table device add column standing_by text;
alter table device add column standing_reason text;
-- The entry that it counts as, or for a waiting device: would count as; and by what that was decided.
alter table device add column entry_id text;
alter table device add column bound_by text;
-- The device in whose place a waiting one would stand, or an approved one stands.
alter table device add column replaces text;
alter table device add column host_key text not null default '';
update device set host_key = lower(host);
create index device_unexpected on device (contact_day) where entry_id is null;
create index device_entry on device (entry_id);
create index device_host_key on device (host_key);
create index device_aside on device (standing) where standing <> 'active';

-- The fleet: every device that counts, and every entry in use that none counts as. What is counted and what is listed
-- both come from here.
create view fleet_member as
  select device_id, host, department, os, agent_version, last_contact, supported, entry_id, 1 as enrolled
    from device where standing = 'active'
  union all
  select entry_id as device_id, coalesce(host, serial, asset, '') as host, department, os, null as agent_version,
    0 as last_contact, 1 as supported, entry_id, 0 as enrolled
    from expected_device where device_id is null and retired_at is null and in_use = 1;
