-- The rings that people describe. Devices name theirs themselves (device.ring), whether it stands here or not.
create table ring (
  name text not null primary key,
  -- Its place among the others: the lowest comes first.
  place bigint not null,
  description text not null,
  -- From when on the circuit breaker holds a rule for this ring alone; null: only by what holds for all.
  failures bigint,
  percent bigint,
  version bigint not null,
  changed_at bigint not null,
  changed_by text not null
);
