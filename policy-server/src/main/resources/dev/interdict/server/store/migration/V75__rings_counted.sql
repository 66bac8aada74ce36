-- The counts by version of the agent tell rings apart as well, in one row: a report changes no more counts than before.
-- rule_id and state are empty where devices are counted, whatever they told; version, of those that never reported.
create table fine_rollup (
  rule_id text not null,
  version text not null,
  ring text not null,
  shade text not null,
  listed integer not null,
  state text not null,
  os text not null,
  department text not null,
  n bigint not null,
  primary key (rule_id, version, ring, shade, listed, state, os, department)
);
insert into fine_rollup (rule_id, version, ring, shade, listed, state, os, department, n)
  select '', coalesce(agent_version, ''), ring, shade, case when entry_id is null then 0 else 1 end, '', os, department, count(*)
    from device
    group by coalesce(agent_version, ''), ring, shade, case when entry_id is null then 0 else 1 end, os, department;
insert into fine_rollup (rule_id, version, ring, shade, listed, state, os, department, n)
  select s.rule_id, coalesce(d.agent_version, ''), d.ring, s.shade, s.listed, s.state, s.os, s.department, count(*)
    from rule_state s join device d on d.device_id = s.device_id
    group by s.rule_id, coalesce(d.agent_version, ''), d.ring, s.shade, s.listed, s.state, s.os, s.department;
drop table version_rollup;
-- The counts of each day by ring, beside those without, which charts of years read. Days before this table have none.
create table daily_ring (
  rule_id text not null,
  day integer not null,
  ring text not null,
  state text not null,
  os text not null,
  department text not null,
  n bigint not null,
  primary key (rule_id, day, ring, state, os, department)
);
