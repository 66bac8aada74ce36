-- What the inventory of software is counted by, without a look at the finding itself.
create index finding_identity on finding (identity, source, version, device_id) where strength <> 'residue';
