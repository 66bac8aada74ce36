-- Where a workstation is, and who manages whoever uses it, as the company's list says: by these the overview tells apart
-- where software still is. Each index counts the fleet by what it is of, without a look at an entry.
alter table expected_device add column site text;
alter table expected_device add column manager text;
alter table expected_row add column site text;
alter table expected_row add column manager text;
create index expected_site on expected_device (site)
  where site is not null and (device_id is not null or retired_at is null and in_use = 1);
create index expected_manager on expected_device (manager)
  where manager is not null and (device_id is not null or retired_at is null and in_use = 1);
