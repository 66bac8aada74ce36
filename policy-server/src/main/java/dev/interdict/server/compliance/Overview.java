package dev.interdict.server.compliance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/// One rule over the whole fleet, at one instant.
///
/// @param total what all devices count as
/// @param hiddenBySilence silent devices that had the software when last heard
/// @param hiddenByExemption exempt devices that have it
/// @param onNoList devices of the fleet that are not on the company's list, whatever they count as;
///   0 where there is no list
/// @param byDepartment most devices with the software first
/// @param byOs the same by operating system family
/// @param bySource how it got there: devices that have it, by inventory source; a device with two
///   sources counts in both
public record Overview(
    Total total,
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

  public String rule() {
    return total.rule();
  }

  /// What all devices count as.
  public Counts counts() {
    return total.counts();
  }

  /// A part of the fleet.
  public record Group(String name, Counts counts) {
    /// From so many devices on a group is shown apart: what fewer count as says too much of each.
    public static final int SMALLEST = 5;

    /// The name of what stands for all the small groups together; no department's, for it is none
    /// that a list of workstations may name.
    public static final String SMALL = "*";

    /// The same groups, with the small ones taken together.
    static List<Group> together(List<Group> groups) {
      var bySize = new ArrayList<>(groups);
      bySize.sort(Comparator.comparingLong(group -> group.counts().total()));
      var small = Counts.NONE;
      var taken = new HashSet<Group>();
      for (var group : bySize) {
        var isSmall = group.counts().total() < Group.SMALLEST;
        if (isSmall || !taken.isEmpty() && small.total() < Group.SMALLEST) {
          small = small.plus(group.counts());
          taken.add(group);
        }
      }
      if (taken.isEmpty() || groups.size() == 1) {
        return groups;
      }
      var shown = new ArrayList<>(groups);
      shown.removeAll(taken);
      shown.add(new Group(Group.SMALL, small));
      return shown;
    }
  }

  /// The same, with its small groups taken together, and with the next larger one where even
  /// together they would be small.
  public Overview withoutSmallGroups() {
    return new Overview(
        total,
        hiddenBySilence,
        hiddenByExemption,
        onNoList,
        Group.together(byDepartment),
        Group.together(byOs),
        bySource);
  }

  /// An inventory source, such as `npm`.
  public record Source(String name, long devices) {}
}
