-- What lies over what a device tells, kept with the device and with each of its rules, so that a list reads its own rows
-- alone and a count adds up kept ones. aside: does not count; unsupported; silent; exempt, of a rule; plain: nothing.
-- Time moves some without a report: whoever reads sets those right, and the server moves them every minute.
alter table device add column shade text not null default 'plain';
update device set shade = case when standing <> 'active' then 'aside' when supported = 0 then 'unsupported' else 'plain' end;
-- Of those that the time has moved and who are not moved yet: few. Each is the only index that a query on it can go by.
create index device_awake on device (contact_day) where shade = 'plain';
create index device_asleep on device (contact_day) where shade = 'silent';
create index device_silent on device (host, device_id) where shade = 'silent';
drop index device_unsupported;
create index device_unsupported on device (host, device_id) where shade = 'unsupported';
create index device_os on device (os, host, device_id);
drop index device_contact;
create index device_contact on device (contact_day);

-- With what lists are ordered and narrowed by, so that who is not on a page is passed without a look at the device: its
-- name, department and system, whether it is on the company's list. And the sources by which it has the software, one a
-- line.
alter table rule_state add column shade text not null default 'plain';
alter table rule_state add column listed integer not null default 0;
alter table rule_state add column host text not null default '';
alter table rule_state add column department text not null default '';
alter table rule_state add column os text not null default '';
alter table rule_state add column sources text not null default '';

-- The device's name, on the first finding of each source that is no residue; null on the others.
alter table finding add column host text;
update finding as f set host = d.host from device d
  where d.device_id = f.device_id and f.strength <> 'residue' and f.n = (select min(o.n) from finding o
    where o.device_id = f.device_id and o.rule_id = f.rule_id and o.source = f.source and o.strength <> 'residue');
drop index finding_source;
create index finding_source on finding (rule_id, source, host, device_id) where strength <> 'residue';

update rule_state as s set
  shade = case when d.shade = 'plain' and s.exempt_until is not null then 'exempt' else d.shade end,
  listed = case when d.entry_id is null then 0 else 1 end,
  host = d.host,
  department = d.department,
  os = d.os,
  sources = case when s.state in ('present', 'removing', 'failed') then coalesce((
    with recursive chain (source, names) as (
      select min(f.source), min(f.source) from finding f
        where f.device_id = s.device_id and f.rule_id = s.rule_id and f.host is not null
      union all
      select o.source, c.names || '
' || o.source from chain c join finding o on o.device_id = s.device_id and o.rule_id = s.rule_id
        and o.host is not null and o.source = (select min(f.source) from finding f
          where f.device_id = s.device_id and f.rule_id = s.rule_id and f.host is not null and f.source > c.source))
    select names from chain order by length(names) desc limit 1), '') else '' end
  from device d where d.device_id = s.device_id;
create index rule_state_listed on rule_state (rule_id, shade, listed, state, host, device_id, department, os);
drop index rule_state_having;
drop index rule_state_unknown;
drop index rule_state_exempt;
create index rule_state_exempt on rule_state (shade, exempt_until, rule_id) where exempt_until is not null;

-- Counts by what lies over them. No shards: writers take turns in any case.
drop table fleet_rollup;
create table fleet_rollup (
  os text not null,
  department text not null,
  shade text not null,
  listed integer not null,
  n bigint not null,
  primary key (os, department, shade, listed)
);
insert into fleet_rollup (os, department, shade, listed, n)
  select os, department, shade, case when entry_id is null then 0 else 1 end, count(*) from device
    group by os, department, shade, case when entry_id is null then 0 else 1 end;

-- source: empty where devices are counted that told of the rule; else those of them that have it by that source.
drop table rule_rollup;
create table rule_rollup (
  rule_id text not null,
  source text not null,
  shade text not null,
  listed integer not null,
  state text not null,
  os text not null,
  department text not null,
  n bigint not null,
  primary key (rule_id, source, shade, listed, state, os, department)
);
insert into rule_rollup (rule_id, source, shade, listed, state, os, department, n)
  select rule_id, '', shade, listed, state, os, department, count(*) from rule_state
    group by rule_id, shade, listed, state, os, department;
insert into rule_rollup (rule_id, source, shade, listed, state, os, department, n)
  select s.rule_id, f.source, s.shade, s.listed, s.state, s.os, s.department, count(*)
    from finding f join rule_state s on s.device_id = f.device_id and s.rule_id = f.rule_id
    where f.host is not null
    group by s.rule_id, f.source, s.shade, s.listed, s.state, s.os, s.department;
