-- Append-only. A row whose shown_at is null was begun and never became visible; its serial stays used.
create table publication (
  serial bigint not null primary key,
  begun_at bigint not null,
  actor text not null,
  summary text not null,
  sha256 text not null,
  document text not null,
  shown_at bigint,
  role_version bigint
);
