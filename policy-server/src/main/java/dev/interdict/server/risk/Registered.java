package dev.interdict.server.risk;

import java.time.Instant;

/// A version of an entry.
///
/// @param version 1 for the first
/// @param by who wrote it down
public record Registered(Entry entry, long version, Instant at, String by) {}
