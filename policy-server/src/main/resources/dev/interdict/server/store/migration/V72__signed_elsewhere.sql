-- The file of a draft that people sign on machines of their own, kept from the first time that it was made, so that each of
-- them signs the same bytes; of what it was made and for which handing out, the serial that it takes up, the SHA-256 of the
-- list in it, and that of what is signed.
create table handed_out (
  draft_id bigint primary key,
  revision bigint not null,
  base text not null,
  handed_out_at bigint not null,
  serial bigint not null,
  sha256 text not null,
  signed_sha256 text not null,
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
-- Files that people signed, by the SHA-256 of what is signed, whose publication began; and when it was done.
create table published_file (
  sha256 text primary key,
  begun_at bigint not null,
  published_at bigint
);
