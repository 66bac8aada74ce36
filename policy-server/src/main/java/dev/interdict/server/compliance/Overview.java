package dev.interdict.server.compliance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule over the whole fleet, at one instant.
///
/// @param at when it was counted
/// @param lastReport when the newest report of any device came in; null before the first: the age
///   of these data
/// @param counts adds up to the fleet
/// @param hiddenBySilence silent devices that had the software when last heard
/// @param hiddenByExemption exempt devices that have it
/// @param onNoList devices of the fleet that are not on the company's list, whatever they count as;
///   0 where there is no list
/// @param byDepartment most devices with the software first
/// @param byOs the same by operating system family
/// @param bySource how it got there: devices that have it, by inventory source; a device with two
///   sources counts in both
public record Overview(
    String rule,
    Instant at,
    @Nullable Instant lastReport,
    Counts counts,
    long hiddenBySilence,
    long hiddenByExemption,
    long onNoList,
    List<Group> byDepartment,
    List<Group> byOs,
    List<Source> bySource) {
  public Overview {
    byDepartment = List.copyOf(byDepartment);
    byOs = List.copyOf(byOs);
    bySource = List.copyOf(bySource);
  }

  /// A part of the fleet.
  public record Group(String name, Counts counts) {}

  /// An inventory source, such as `npm`.
  public record Source(String name, long devices) {}
}
