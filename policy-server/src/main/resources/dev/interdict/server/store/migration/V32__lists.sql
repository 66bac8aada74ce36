-- A page of a department, by name, and names of the fleet read without their devices.
create index device_department on device (department, host, device_id);
drop index device_host;
create index device_host on device (host, device_id, standing);
-- The silent and the exempt are counted from these alone but for one day's devices. The day still comes first, so that
-- a contact changes nothing but once a day.
drop index device_contact;
create index device_contact on device (contact_day, standing, supported, os, department, device_id);
drop index rule_state_exempt;
create index rule_state_exempt on rule_state (rule_id, exempt_until, device_id, state) where exempt_until is not null;
-- A few unknown ones in a large fleet. Most devices are not, so that few reports touch it.
create index rule_state_unknown on rule_state (rule_id, device_id) where state = 'unknown';
-- The exempt among those who have it are told apart without a look at the device.
drop index rule_state_having;
create index rule_state_having on rule_state (rule_id, device_id, exempt_until)
  where state in ('present', 'removing', 'failed');
