-- Mails on their way, one to a recipient: the key says what it is about and to whom, so that none is written twice.
create table mail (
  mail_key text not null primary key,
  recipient text not null,
  subject text not null,
  plain text not null,
  html text not null,
  state text not null,
  attempts integer not null,
  created_at bigint not null,
  next_at bigint not null,
  sent_at bigint,
  error text
);
create index mail_due on mail (next_at) where state = 'waiting';
create index mail_sent on mail (sent_at) where sent_at is not null;
