-- The public half of the key by which one-time codes are made; the private half is a file of the server's and in no
-- table. The newest counts.
create table code_key (
  public_key text not null,
  made_at bigint not null,
  primary key (public_key)
);

-- One-time codes that were read out to employees, by what the device calls them. The code itself is in no table. Whether
-- it was used is told by the device's answer of the same name.
-- told: 1 while a device may hold it, so that an early end has to be told.
create table exemption_code (
  device_id text not null,
  answer_id text not null,
  rule_id text not null,
  case_number bigint not null,
  until_at bigint not null,
  issued_at bigint not null,
  issued_by text not null,
  told integer not null,
  primary key (device_id, answer_id)
);
create index exemption_code_case on exemption_code (device_id, case_number);
create index exemption_code_told on exemption_code (until_at) where told = 1;
