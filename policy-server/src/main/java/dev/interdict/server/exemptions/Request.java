package dev.interdict.server.exemptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that waits for the first of two steps. All of it is what a device claims, but the
/// device's id and when this server heard of it.
///
/// @param id the device's own name for it
/// @param heard when this server first heard of it
/// @param until the end that the employee asks for; null where the device named none
/// @param reason the employee's own words, printable; null where the device sent none
/// @param person a keyed hash that stands for the account
/// @param asked how often this was asked of the device and rule, with those that are over
public record Request(
    About about,
    String host,
    String id,
    Instant heard,
    @Nullable Instant until,
    @Nullable String reason,
    @Nullable String person,
    long asked) {}
