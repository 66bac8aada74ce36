-- Which departments an account sees, one a line; empty for the whole fleet.
alter table account add column scope text not null default '';
-- When whoever is signed in last gave a password or a code.
alter table session add column proved_at bigint not null default 0;
