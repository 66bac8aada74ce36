-- Counts by version of the agent, beside the others and not in them: most pages ask for no version, and read no more rows.
-- rule_id and state are empty where devices are counted, whatever they told; version, of those that never reported.
create table version_rollup (
  rule_id text not null,
  version text not null,
  shade text not null,
  listed integer not null,
  state text not null,
  os text not null,
  department text not null,
  n bigint not null,
  primary key (rule_id, version, shade, listed, state, os, department)
);
insert into version_rollup (rule_id, version, shade, listed, state, os, department, n)
  select '', coalesce(agent_version, ''), shade, case when entry_id is null then 0 else 1 end, '', os, department, count(*)
    from device
    group by coalesce(agent_version, ''), shade, case when entry_id is null then 0 else 1 end, os, department;
insert into version_rollup (rule_id, version, shade, listed, state, os, department, n)
  select s.rule_id, coalesce(d.agent_version, ''), s.shade, s.listed, s.state, s.os, s.department, count(*)
    from rule_state s join device d on d.device_id = s.device_id
    group by s.rule_id, coalesce(d.agent_version, ''), s.shade, s.listed, s.state, s.os, s.department;
-- A page of the devices with a version, by name.
create index device_agent on device (agent_version, host, device_id);
