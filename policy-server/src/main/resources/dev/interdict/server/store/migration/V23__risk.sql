-- The risk register, append-only: the entry of a product or of a family is its last version.
create table risk_entry (
  entry_id text not null,
  version bigint not null,
  document text not null,
  review_at bigint not null,
  at bigint not null,
  actor text not null,
  primary key (entry_id, version)
);
