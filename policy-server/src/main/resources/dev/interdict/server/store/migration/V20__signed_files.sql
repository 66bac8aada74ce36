-- The signed repository of servers that share a database: what is published is decided here, and each server's folder
-- follows. On SQLite the folder itself is the repository, and this stays empty.
create table signed_file (
  path text not null primary key,
  content text not null
);

-- Goes up with every change, so that whoever follows need not look at the files.
create table signed_change (
  id integer not null primary key,
  changes bigint not null
);
insert into signed_change (id, changes) values (1, 0);
