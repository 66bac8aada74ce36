-- Sign-ins that an identity provider was asked for and that have not come back; each comes back once.
create table oidc_login (
  state_hash text not null primary key,
  browser_hash text not null,
  nonce text not null,
  verifier text not null,
  destination text not null,
  expires_at bigint not null
);
