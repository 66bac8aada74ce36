-- What one person wants that makes agents do more and is no draft of a rule: to let go of what is held, or to let devices
-- tell more. Another person agrees or not. It counts only against what was in force when it was written.
create table proposal (
  proposal_id bigint not null primary key,
  kind text not null,
  wanted text not null,
  base text not null,
  words text not null,
  proposed_at bigint not null,
  proposed_by text not null,
  note text,
  agreed integer,
  decided_at bigint,
  decided_by text,
  decided_note text,
  used_at bigint,
  used_by text
);

-- Append-only: every change of what is held in the signed controls.
create table stop_change (
  change_id bigint not null primary key,
  at bigint not null,
  actor text not null,
  held_before text not null,
  held_after text not null
);
