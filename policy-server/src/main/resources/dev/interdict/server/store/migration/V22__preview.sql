-- Append-only: what was known of the fleet when a draft was looked at. Evidence of what a reviewer had before them.
create table preview (
  preview_id bigint not null primary key,
  draft_id bigint not null,
  revision bigint not null,
  sha256 text not null,
  taken_at bigint not null,
  taken_by text not null,
  -- The published rule whose findings stood for the draft's; null where none recognises the tool as it does.
  observed_rule text,
  enrolled bigint not null,
  looked bigint not null,
  matched bigint not null,
  critical bigint not null,
  document text not null
);
create index preview_draft on preview (draft_id, preview_id);
