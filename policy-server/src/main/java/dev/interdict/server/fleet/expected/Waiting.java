package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device that enrolled and waits for somebody to approve it.
///
/// @param since when it enrolled
/// @param why it waits, in words
/// @param replaces the device whose serial it tells; null if it tells no other's
/// @param replacedContact when that one was last heard
public record Waiting(
    DeviceId device,
    String host,
    String token,
    Instant since,
    String why,
    @Nullable DeviceId replaces,
    @Nullable Instant replacedContact) {}
