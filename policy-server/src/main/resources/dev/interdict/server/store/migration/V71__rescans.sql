-- Whom people want to hear wholly, after a fresh look: who asked and when, and when the first report after that came; null before.
create table rescan (
  device_id text primary key,
  asked_at bigint not null,
  asked_by text not null,
  told_at bigint
);
create index rescan_untold on rescan (device_id) where told_at is null;
create index rescan_asked on rescan (asked_at);
