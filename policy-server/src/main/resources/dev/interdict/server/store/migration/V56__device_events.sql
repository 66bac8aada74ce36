-- So that the events of one workstation are read without those of all the others.
create index event_device on event (device_id, seq) where device_id is not null;
