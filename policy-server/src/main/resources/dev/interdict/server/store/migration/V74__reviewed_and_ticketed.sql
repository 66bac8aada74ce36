-- Software that devices told of and somebody looked at, by its identity, whatever source found it. Who looked before, and
-- whose review was taken back, is in the audit log.
create table software_review (
  identity text primary key,
  at bigint not null,
  who text not null,
  note text not null
);
-- Where a removal that needs hands is worked on elsewhere: an address or a number, as somebody wrote it.
alter table failure_case add column ticket text;
