-- The newest version of the rule language that the device's agent reads; one that never said reads the first.
alter table device add column vocabulary integer not null default 1;
create index device_note_unreadable on device_note (subject) where problem = 'rule-unreadable';
