package dev.interdict.server.audit;

import java.time.Instant;

/// One line of the audit log.
///
/// @param seq from 1, without gaps
/// @param detail a JSON object in canonical form
/// @param previousHash the hash of the entry before; 64 zeros for the first
/// @param hash SHA-256 over all of the above, in hex
public record AuditEntry(
    long seq,
    Instant at,
    String actor,
    String action,
    String object,
    String detail,
    String previousHash,
    String hash) {}
