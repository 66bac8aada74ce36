package dev.interdict.server.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An enrolment token as it is kept; its secret is not.
///
/// @param id what people call it by; safe to show
/// @param usesLeft how many more devices it admits
public record EnrolmentToken(
    String id,
    Instant createdAt,
    String createdBy,
    Instant expiresAt,
    long usesLeft,
    long used,
    Placement placement,
    @Nullable Instant revokedAt) {

  /// Whether it admits a device now.
  public boolean usable(Instant now) {
    return revokedAt == null && usesLeft > 0 && now.isBefore(expiresAt);
  }
}
