-- The groups that rules may be limited to, comma-separated: a token gives them, a device is told them once.
alter table enrolment_token add column group_names text not null default '';
alter table device add column group_names text not null default '';
