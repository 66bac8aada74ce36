-- The last report that told an answer: while that is kept, so are the person and the words of it.
alter table answer add column sequence bigint;
-- The highest number of a case that was erased with its device: none is given twice, since the audit log names cases by them.
create table erased_case (
  id integer primary key,
  case_number bigint not null
);
