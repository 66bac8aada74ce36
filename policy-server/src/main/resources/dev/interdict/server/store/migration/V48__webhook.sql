-- The address and the secret are sealed under a key that is not in the database.
create table webhook (
  webhook_id text not null primary key,
  name text not null,
  kinds text not null,
  template text not null,
  language text not null,
  host text not null,
  sealed text not null,
  created_at bigint not null,
  created_by text not null
);

create table webhook_delivery (
  webhook_id text not null,
  seq bigint not null,
  state text not null,
  attempts integer not null,
  first_at bigint not null,
  next_at bigint not null,
  answered_at bigint,
  status integer,
  error text,
  primary key (webhook_id, seq)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where state = 'waiting';
