-- The file of a draft that people sign on machines of their own, kept from the first time that it was made, so that each of
-- them signs the same bytes; of what it was made, and the serial that it takes up.
create table handed_out (
  draft_id bigint primary key,
  revision bigint not null,
  base text not null,
  serial bigint not null,
  sha256 text not null,
  made_at bigint not null,
  file text not null
);
-- Files to be signed, by the SHA-256 of what is signed, that are not to be published any more however many have signed them.
create table withdrawn_file (
  sha256 text primary key,
  at bigint not null,
  actor text not null,
  reason text not null
);
