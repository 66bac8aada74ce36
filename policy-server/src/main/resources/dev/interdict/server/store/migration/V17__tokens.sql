-- approval: its devices wait until somebody approves them. replace_silent: a machine that was set up anew takes the
-- place of its silent predecessor by itself.
alter table enrolment_token add column approval integer not null default 0;
alter table enrolment_token add column replace_silent integer not null default 0;
alter table enrolment_token add column per_hour bigint not null default 100000;
create index device_token on device (token_id, enrolled_at);
