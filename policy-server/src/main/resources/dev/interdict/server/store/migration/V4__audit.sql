create table audit (
  seq bigint not null primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  object text not null,
  detail text not null,
  previous_hash text not null,
  hash text not null
);
