package dev.interdict.server.compliance;

import java.time.Instant;

/// The coarse, indexed form of a device's last contact: days since 1970, UTC.
public final class ContactDay {
  private ContactDay() {}

  /// The day of `at`.
  public static int of(Instant at) {
    return Math.toIntExact(Math.floorDiv(at.getEpochSecond(), 86_400L));
  }
}
