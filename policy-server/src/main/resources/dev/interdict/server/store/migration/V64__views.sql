-- Pages of the console that somebody keeps by name: their own, or for everybody.
create table saved_view (
  view_id text not null primary key,
  owner text not null,
  name text not null,
  -- Path and query, below the console's own host.
  address text not null,
  shared integer not null,
  created_at bigint not null
);
create unique index saved_view_name on saved_view (owner, name);
create index saved_view_shared on saved_view (name) where shared = 1;
