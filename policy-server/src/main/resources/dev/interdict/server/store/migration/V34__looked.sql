-- Of the workstations that were in contact lately, how many there were and how many had looked for what a draft recognises.
alter table preview add column reachable bigint not null default 0;
alter table preview add column sighted bigint not null default 0;
update preview set reachable = enrolled, sighted = looked;

-- Why a draft was submitted of which fewer had looked than the rule is.
alter table draft add column few_looked text;
