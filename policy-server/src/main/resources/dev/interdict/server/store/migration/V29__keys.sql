-- Keys that a device had and has no more; the one it has is device.public_key. None of them ever comes back.
create table device_key (
  device_id text not null,
  public_key text not null,
  successor text not null,
  replaced_at bigint not null,
  primary key (device_id, public_key)
);
create index device_key_replaced on device_key (replaced_at);
