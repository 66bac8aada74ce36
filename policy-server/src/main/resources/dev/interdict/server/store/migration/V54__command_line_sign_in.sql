-- Sign-ins that a command line has begun, until a person confirms or refuses them in the console. Neither code is kept.
create table command_line_sign_in (
  -- Of what only the command line knows that began it.
  secret_hash text primary key,
  -- Of what a person types into the console.
  code_hash text not null unique,
  -- What the command line says of itself; nobody has checked it.
  client text not null,
  address text not null,
  asked_at bigint not null,
  expires_at bigint not null,
  polled_at bigint,
  decided_by text,
  -- 1 confirmed, 0 refused; null while nobody has decided.
  agreed bigint
);
create index command_line_sign_in_age on command_line_sign_in (expires_at);
