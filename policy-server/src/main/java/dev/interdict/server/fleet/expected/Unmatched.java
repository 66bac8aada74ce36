package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import java.time.Instant;

/// A device that counts and is on no list.
///
/// @param entries of the list that might be it: the same host name, or the same serial
public record Unmatched(DeviceId device, String host, Instant lastContact, long entries) {}
