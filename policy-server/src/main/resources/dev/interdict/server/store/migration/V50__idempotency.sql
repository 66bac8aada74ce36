-- Requests with an Idempotency-Key, for 24 hours: by whom, which, and what was answered. The key itself is not kept.
create table idempotency_key (
  account text not null,
  key_hash text not null,
  -- Of method, address, version seen and body: the same key for something else is a mistake.
  request_hash text not null,
  at bigint not null,
  -- Null while it is being done.
  status bigint,
  media_type text,
  etag text,
  location text,
  -- Base64; null where it held a secret, too.
  body text,
  primary key (account, key_hash)
);
create index idempotency_age on idempotency_key (at);
