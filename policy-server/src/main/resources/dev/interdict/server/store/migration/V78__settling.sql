-- Devices are brought in line with a list that changed some at a time: the version of the list that this is still to be done for, and who changed it.
alter table expected_version add column settling bigint;
alter table expected_version add column settling_by text;
