-- A page of a ring, by name, as there is of a department; and whose a workstation is.
create index device_ring on device (ring, host, device_id);
create index expected_person on expected_device (person) where person is not null;
