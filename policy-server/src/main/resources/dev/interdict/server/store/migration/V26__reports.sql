-- How long a report's bytes are kept. 0: it tells nothing that a later one does not tell. 1: it carries actions,
-- notices, answers or a failure. Those from before this was noted are kept as the latter.
alter table report add column retention integer not null default 1;
-- 1 where two machines were taken to have the key when it came, so that nothing it called clear counted as clear.
alter table report add column cloned integer not null default 0;

-- When a device came into doubt after its report `sequence`: what was clear became unknown then, until it told anew.
create table doubt (
  device_id text not null,
  sequence bigint not null,
  at bigint not null,
  primary key (device_id, sequence)
);

-- What became of the reports of a device up to `sequence`, whose bytes may be gone: its rules as they stood then, and
-- how many reports were lost by then. Together with the reports after it this makes the present.
create table report_base (
  device_id text not null primary key,
  sequence bigint not null,
  lost bigint not null,
  rules text not null
);

-- Since when removal has not succeeded, until it is verified; when it last failed, by this server's clock; and at what.
alter table rule_state add column failing_since bigint;
alter table rule_state add column failed_at bigint;
alter table rule_state add column failing_error text;
alter table rule_state add column failing_identity text;
update rule_state set failing_since = since, failed_at = since, failing_error = error, failing_identity = error_identity
  where state = 'failed';
create index rule_state_failing on rule_state (failing_since) where failing_since is not null;

-- The last heartbeat since the last report, as a number made of its nonce; 0 where there was none.
alter table device add column beat bigint not null default 0;
create index device_look_untold on device_look (device_id) where told_sequence is null;
