package dev.interdict.server.compliance;

import java.time.Instant;

/// The counts of one rule as they were at an earlier instant.
public record Sample(Instant at, Counts counts) {}
