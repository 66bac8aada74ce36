package dev.interdict.server.exemptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that waits for the first of two steps. Of one that a device told all is what the
/// device claims, but its id and when this server heard of it.
///
/// @param id the device's own name for it, or this server's where it was filed here
/// @param heard when this server first heard of it
/// @param until the end that the employee asks for; null where the device named none
/// @param reason the employee's own words, printable; null where the device sent none
/// @param person a keyed hash that stands for the account on the device
/// @param filedBy the account that filed it at the console; null where a device told it
/// @param asked how often this was asked of the device and rule, with those that are over
public record Request(
    About about,
    String host,
    String id,
    Instant heard,
    @Nullable Instant until,
    @Nullable String reason,
    @Nullable String person,
    @Nullable String filedBy,
    long asked) {}
