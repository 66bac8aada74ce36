package dev.interdict.server.compliance;

import java.time.Instant;

/// How many devices had the software of one rule at an earlier instant.
public record Sample(Instant at, long hasIt) {}
