-- What other systems are told: rows of the same transaction as the change they tell. The number orders them as they
-- were committed; the id stays the same however often one is sent.
create table event (
  seq bigint not null primary key,
  event_id text not null,
  at bigint not null,
  kind text not null,
  actor text,
  device_id text,
  rule_id text,
  detail text not null
);

-- How far each reader has come, and how many were let go before it read them.
create table event_feed (
  feed text not null primary key,
  seq bigint not null,
  lost bigint not null
);

-- The devices whose silence was told, until they are heard of again.
create table event_silence (
  device_id text not null primary key,
  since bigint not null
);

-- What is told once: an exemption that ends soon, the head of the audit log of a day.
create table event_mark (
  mark text not null primary key,
  at bigint not null
);
