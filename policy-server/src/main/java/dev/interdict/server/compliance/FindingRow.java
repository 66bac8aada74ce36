package dev.interdict.server.compliance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One finding of one device, with the device that it is on.
///
/// @param n its place among those of the rule on the device
/// @param firstSeen when the software was first reported there; null if the device never said
/// @param heard when the device was last in contact
public record FindingRow(
    String device,
    String host,
    String department,
    String os,
    String rule,
    long n,
    String source,
    String identity,
    @Nullable String version,
    String location,
    String strength,
    boolean running,
    @Nullable Instant firstSeen,
    Instant heard) {}
