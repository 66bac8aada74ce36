-- What pages ask of a very large fleet, without a look at every device: when the newest report came in, by which
-- sources the software of a rule was seen, and who still has it when most do not.
create index report_received on report (received_at);
create index finding_source on finding (rule_id, source, device_id) where strength <> 'residue';
create index device_unsupported on device (os) where supported = 0;
create index rule_state_having on rule_state (rule_id, device_id) where state in ('present', 'removing', 'failed');
