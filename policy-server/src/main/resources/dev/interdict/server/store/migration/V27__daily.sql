-- The counts of each day for years, taken once at its first instant that a server ran. A day without a row here was
-- not taken, and is never made up. day: days since 1970-01-01 in the company's time zone.
create table daily_run (
  day integer not null primary key,
  taken_at bigint not null
);
create table daily (
  rule_id text not null,
  day integer not null,
  state text not null,
  os text not null,
  department text not null,
  n bigint not null,
  primary key (rule_id, day, state, os, department)
);
-- The same over the whole fleet, which is what a chart of years reads.
create table daily_total (
  rule_id text not null,
  day integer not null,
  state text not null,
  n bigint not null,
  primary key (rule_id, day, state)
);
create index history_sample_at on history_sample (sampled_at);
