-- By what a part of a device's name is found: every end of its first label, in lower case and cut off, with the first
-- digits of the device's id. A part of a name is how one of its ends begins. A report writes none of it: enrolment and
-- a new name do. Whoever finds something looks at the device itself, so that a row too many finds nothing.
create table name_end (
  ending text not null,
  device text not null,
  primary key (ending, device)
);
create index device_start on device (substr(device_id, 1, 8));
insert into name_end (ending, device)
  with recursive place (n) as (select 1 union all select n + 1 from place where n < 63)
  select substr(lower(d.host), p.n, 20), substr(d.device_id, 1, 8) from device d cross join place p
    where p.n <= length(d.host) and (p.n = 1 or substr(d.host, 1, p.n) not like '%.%')
    order by 1, 2
  on conflict (ending, device) do nothing;
