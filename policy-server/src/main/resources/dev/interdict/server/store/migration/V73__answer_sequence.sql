-- The last report that told an answer: while that is kept, so are the person and the words of it.
alter table answer add column sequence bigint;
