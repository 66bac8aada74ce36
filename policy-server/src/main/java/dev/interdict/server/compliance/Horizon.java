package dev.interdict.server.compliance;

import java.time.Duration;
import java.time.Instant;

/// The instants that decide overlays: now, and how far back a last contact may lie.
///
/// @param silentBefore a device last heard before this is silent
record Horizon(Instant now, Instant silentBefore) {
  /// The status of device `d` under the rule of `s`, in SQL: word for word what [Status#of] says.
  static final String STATUS =
      "case when d.supported = 0 then 'unsupported' when d.last_contact < :silent then 'silent'"
          + " when s.exempt_until > :now then 'exempt' else coalesce(s.state, 'unknown') end";

  static Horizon at(Instant now, Duration silentAfter) {
    return new Horizon(now, now.minus(silentAfter));
  }
}
