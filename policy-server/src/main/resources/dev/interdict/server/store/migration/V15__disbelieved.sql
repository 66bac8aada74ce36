-- Devices of which an admin does not believe that they hold anything newer than what is here.
create table disbelieved (
  device_id text not null primary key,
  at bigint not null,
  actor text not null
);
