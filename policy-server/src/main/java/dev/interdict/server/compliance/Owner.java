package dev.interdict.server.compliance;

import org.jspecify.annotations.Nullable;

/// Somebody whose workstations, by the company's list, still have a rule's software.
///
/// @param person as the list names them
/// @param devices how many of theirs have it
/// @param department of these; null where they are of several
public record Owner(String person, long devices, @Nullable String department) {}
