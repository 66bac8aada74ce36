package dev.interdict.decide;

import dev.interdict.policy.OperatingSystem;
import java.time.ZoneId;
import java.util.Set;

/// What of this device matters to a decision.
///
/// @param id the device id, from enrolment
/// @param zone the device's own time zone
/// @param groups from signed enrolment, not from a file that a user can edit
public record DeviceFacts(String id, OperatingSystem system, ZoneId zone, Set<String> groups) {
  public DeviceFacts {
    groups = Set.copyOf(groups);
  }
}
