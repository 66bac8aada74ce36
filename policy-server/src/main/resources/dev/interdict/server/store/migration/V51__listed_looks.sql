-- Whether somebody was shown the device among others, in a list or an export: those that were told go after a while.
alter table device_look add column listed integer not null default 0;
