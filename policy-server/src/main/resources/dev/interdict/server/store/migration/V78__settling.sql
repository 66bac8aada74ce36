-- Devices are brought in line with a list that changed some at a time: the version of the list that this is still to be done for, who changed it, devices last heard before when go with their entry, and until when somebody is at it.
alter table expected_version add column settling bigint;
alter table expected_version add column settling_by text;
alter table expected_version add column settling_silent bigint;
alter table expected_version add column settling_until bigint;
