-- Counts how many exemptions one person ended within a day.
create index audit_ended on audit (at, actor) where action = 'exemption.end';
