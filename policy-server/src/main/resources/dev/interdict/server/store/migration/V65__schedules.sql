-- Summaries that go out by mail again and again: of a saved view, or of a rule.
create table report_schedule (
  schedule_id text not null primary key,
  owner text not null,
  view_id text,
  rule_id text,
  every text not null,
  on_day integer not null,
  hour integer not null,
  zone text not null,
  -- Addresses, which hold no space, separated by one.
  recipients text not null,
  language text not null,
  created_at bigint not null,
  next_at bigint not null,
  last_at bigint,
  -- Why the last turn came to nothing; null where it went out.
  error text
);
create index report_schedule_due on report_schedule (next_at);
