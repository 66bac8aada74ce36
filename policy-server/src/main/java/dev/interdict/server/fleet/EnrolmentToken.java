package dev.interdict.server.fleet;

import dev.interdict.server.fleet.expected.Arrival;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An enrolment token as it is kept; its secret is not.
///
/// @param id what people call it by; safe to show
/// @param allowed what becomes of the devices that it admits
/// @param perHour how many devices it admits in an hour at most
/// @param usesLeft how many more devices it admits
public record EnrolmentToken(
    String id,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    long usesLeft,
    long used,
    Placement placement,
    Arrival.Allowed allowed,
    long perHour,
    @Nullable Instant revokedAt) {

  /// Whether it admits a device now.
  public boolean usable(Instant now) {
    return revokedAt == null && usesLeft > 0 && now.isBefore(expiresAt);
  }
}
