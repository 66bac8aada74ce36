-- While the company's mail server does not answer, one row: it is asked again at next_at, whatever waits and whichever node asks.
create table mail_server (
  id integer not null primary key,
  failures integer not null,
  next_at bigint not null
);
