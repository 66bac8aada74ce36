create table account (
  name text not null primary key,
  password_hash text not null,
  roles text not null,
  created_at bigint not null,
  disabled_at bigint
);

create table session (
  session_hash text not null primary key,
  account text not null,
  csrf text not null,
  created_at bigint not null,
  last_used bigint not null,
  expires_at bigint not null,
  address text not null
);
create index session_account on session (account);
