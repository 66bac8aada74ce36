create table history_sample (
  rule_id text not null,
  sampled_at bigint not null,
  status text not null,
  n bigint not null,
  primary key (rule_id, sampled_at, status)
);
