-- Where a person comes from: of this server alone (local), of an identity provider (oidc), or nowhere (break-glass).
alter table account add column kind text not null default 'local';
-- From when on it signs nobody in; null for never.
alter table account add column valid_until bigint;
-- How people call somebody of an identity provider. The provider's subject decides who it is, never this.
alter table account add column display text not null default '';

-- Programs. The secret is not kept.
create table api_token (
  name text not null primary key,
  token_hash text not null,
  roles text not null,
  scope text not null,
  created_at bigint not null,
  created_by text not null,
  expires_at bigint not null,
  revoked_at bigint,
  last_used bigint
);
create index api_token_hash on api_token (token_hash);

-- Attempts to sign in of one account from one address within a window, and when that last succeeded: strangers can
-- use up their own attempts, not somebody's.
create table sign_in_attempt (
  account text not null,
  address text not null,
  window_start bigint not null,
  failures bigint not null,
  succeeded_at bigint,
  primary key (account, address)
);
create index sign_in_attempt_address on sign_in_attempt (address);

-- A second factor (RFC 6238). The secret is sealed with a key that is not in the database.
create table account_totp (
  account text not null primary key,
  sealed text not null,
  confirmed_at bigint,
  last_step bigint not null
);
create table recovery_code (
  account text not null,
  code_hash text not null,
  used_at bigint,
  primary key (account, code_hash)
);
