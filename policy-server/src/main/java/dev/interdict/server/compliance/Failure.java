package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A device where removal failed and a person has to act.
///
/// @param error the error class's word, such as `file-in-use`
/// @param identity what could not be removed; null if the device did not say
/// @param since when it began to fail
public record Failure(
    DeviceId id,
    String host,
    String department,
    String rule,
    String error,
    @Nullable String identity,
    Instant since) {}
