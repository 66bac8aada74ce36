package dev.interdict.server.compliance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What all devices count as under one rule, at one instant.
///
/// @param at when it was counted
/// @param lastReport when the newest report of any device came in; null before the first: the age
///   of these data
/// @param counts adds up to the fleet
public record Total(String rule, Instant at, @Nullable Instant lastReport, Counts counts) {}
