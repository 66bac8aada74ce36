-- Rules on their way to the list. The columns of the review are of the content that was submitted last; they are empty
-- again once the content changes.
create table draft (
  draft_id bigint not null primary key,
  rule_id text,
  state text not null,
  revision bigint not null,
  origin text not null,
  created_at bigint not null,
  created_by text not null,
  submitted_at bigint,
  submitted_by text,
  submitted_note text,
  sha256 text,
  base_sha256 text,
  preview_id bigint,
  decided_at bigint,
  decided_by text,
  decided_note text,
  samples_seen integer,
  approved_until bigint,
  -- When the list with it was made for people to sign on machines of their own.
  handed_out_at bigint,
  closed_at bigint,
  closed_by text,
  closed_note text,
  serial bigint
);
create index draft_state on draft (state);

-- Append-only: every content that a draft ever had.
create table draft_revision (
  draft_id bigint not null,
  revision bigint not null,
  sha256 text not null,
  content text not null,
  at bigint not null,
  author text not null,
  primary key (draft_id, revision)
);
