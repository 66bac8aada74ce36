-- Writers of several nodes take turns on this row: whoever changes it holds it until the commit.
create table store_writer (
  id integer not null primary key,
  turns bigint not null
);
insert into store_writer (id, turns) values (1, 0);

-- Work that is done by one node at a time, by the database's clock: nobody else begins it before then.
create table store_lease (
  task text not null primary key,
  until_at bigint not null
);
