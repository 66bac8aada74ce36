package dev.interdict.server.compliance;

import java.time.Instant;

/// The circuit breaker holds a rule: nothing of it is removed until people let go.
///
/// @param words why, with the counts
public record Halt(Instant at, String words) {}
