-- The request by which an entry came, so that it is found by the id that an error page or a line of the log names. A
-- copy of what the entry's detail says, which is hashed; null for commands, the server's own chores, and from before.
alter table audit add column request_id text;
create index audit_request on audit (request_id) where request_id is not null;
