-- What somebody typed, while they prove at an identity provider who they are; sealed under a key that their
-- browser alone has.
create table kept_form (
  secret_hash text not null primary key,
  account text not null,
  sealed text not null,
  expires_at bigint not null
);
create index kept_form_account on kept_form (account);
create index kept_form_expires on kept_form (expires_at);

-- Names beyond ASCII: lower() of some PostgreSQL databases changes letters that the program leaves as they are,
-- which hid the name from a search. Made anew, with ASCII letters alone in lower case.
delete from name_end where octet_length(ending) > length(ending);
insert into name_end (ending, device)
  with recursive place (n) as (select 1 union all select n + 1 from place where n < 63),
  folded (host, device) as (
    select
    replace( replace( replace( replace( replace( replace( replace( replace( replace( replace( replace(
    replace( replace( replace( replace( replace( replace( replace( replace( replace( replace( replace(
    replace( replace( replace( replace(
    host
    , 'A', 'a'), 'B', 'b'), 'C', 'c'), 'D', 'd'), 'E', 'e'), 'F', 'f')
    , 'G', 'g'), 'H', 'h'), 'I', 'i'), 'J', 'j'), 'K', 'k'), 'L', 'l')
    , 'M', 'm'), 'N', 'n'), 'O', 'o'), 'P', 'p'), 'Q', 'q'), 'R', 'r')
    , 'S', 's'), 'T', 't'), 'U', 'u'), 'V', 'v'), 'W', 'w'), 'X', 'x')
    , 'Y', 'y'), 'Z', 'z'),
    substr(device_id, 1, 8) from device where octet_length(host) > length(host))
  select substr(d.host, p.n, 20), d.device from folded d cross join place p
  where p.n <= length(d.host) and (p.n = 1 or substr(d.host, 1, p.n) not like '%.%')
  on conflict (ending, device) do nothing;
