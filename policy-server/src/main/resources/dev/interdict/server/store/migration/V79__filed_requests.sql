-- Requests for exemptions that employees filed at the console, for a workstation of their own. Not made from reports: the
-- one record of them. No device reads or writes them.
-- account and reason: null once they are kept long enough. term: the rule's effective date then, as on workstations.
create table filed_request (
  device_id text not null,
  rule_id text not null,
  request_id text not null,
  account text,
  at bigint not null,
  until_at bigint not null,
  term bigint not null,
  reason text,
  primary key (device_id, rule_id, request_id)
);
create index filed_request_account on filed_request (account, at);
create index filed_request_at on filed_request (at);

-- All that was asked, whichever way it came.
create view exemption_request as
  select device_id, rule_id, answer_id as request_id, at, coalesce(heard_at, at) as heard, until_at, reason, person,
    cast(null as text) as filed_by
    from answer where kind = 'exemption-request'
  union all
  select device_id, rule_id, request_id, at, at as heard, until_at, reason, cast(null as text) as person,
    account as filed_by
    from filed_request;
