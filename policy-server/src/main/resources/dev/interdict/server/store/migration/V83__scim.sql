-- People as the company's directory tells of them by SCIM (RFC 7643): who is there, and who has left. Whom it deleted
-- stays with removed_at, so that somebody who never signed in before that does not begin to after it.
create table scim_user (
  user_id text not null primary key,
  user_name text not null,
  -- The name in lower case: directories do not tell cases apart.
  user_key text not null,
  external_id text,
  active integer not null,
  created_at bigint not null,
  changed_at bigint not null,
  signed_in_at bigint,
  removed_at bigint
);
create unique index scim_user_name on scim_user (user_key) where removed_at is null;
create unique index scim_user_external on scim_user (external_id) where removed_at is null and external_id is not null;
create index scim_user_key on scim_user (user_key);
create index scim_user_external_id on scim_user (external_id);
create index scim_user_page on scim_user (created_at, user_id) where removed_at is null;
-- Whose the account is in that directory, what the identity provider calls that person, and since when the account is
-- disabled because the directory said that the person has left; null where an administrator disabled it, or nobody.
alter table account add column scim_user text;
alter table account add column external_id text;
alter table account add column user_key text;
alter table account add column left_at bigint;
-- What a token is for: the API, or SCIM and nothing else. One for SCIM has no roles.
alter table api_token add column purpose text not null default 'api';
