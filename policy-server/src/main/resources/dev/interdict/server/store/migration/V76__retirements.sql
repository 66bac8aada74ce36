-- How many workstations somebody retired within a day, without reading the whole log.
create index audit_retired on audit (at, actor) where action = 'fleet.retire';
