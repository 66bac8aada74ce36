package dev.interdict.server.compliance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
/// @param tooSmall whether this is of a part of the fleet of which people are told nothing, since
///   it is of few devices, or what it leaves out is ([Untold]): every number is 0 then and means
///   nothing
public record Overview(
    Total total,
    long hiddenBySilence,
    long hiddenByExemption,
    long onNoList,
    List<Group> byDepartment,
    List<Group> byOs,
    List<Source> bySource,
    boolean tooSmall) {
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
      var sizes = new HashMap<String, Long>();
      groups.forEach(group -> sizes.put(group.name(), group.counts().total()));
      var small = small(sizes);
      if (small.isEmpty()) {
        return groups;
      }
      var shown = new ArrayList<Group>();
      var together = Counts.NONE;
      for (var group : groups) {
        if (small.contains(group.name())) {
          together = together.plus(group.counts());
        } else {
          shown.add(group);
        }
      }
      shown.add(new Group(SMALL, together));
      return shown;
    }

    /// The names of those that stand together, of groups by their sizes: the small ones, and the
    /// next larger one where even together they would be small. A single one stands alone. Of
    /// groups of one size the first by name is the smaller, wherever they are read from.
    static Set<String> small(Map<String, Long> sizes) {
      var bySize = new ArrayList<>(sizes.entrySet());
      bySize.sort(
          Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
      var small = new HashSet<String>();
      var devices = 0L;
      for (var group : bySize) {
        if (group.getValue() < SMALLEST || !small.isEmpty() && devices < SMALLEST) {
          small.add(group.getKey());
          devices += group.getValue();
        }
      }
      return sizes.size() == 1 ? Set.of() : small;
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
        bySource,
        tooSmall);
  }

  /// The same with these sources.
  Overview with(List<Source> sources) {
    return new Overview(
        total, hiddenBySilence, hiddenByExemption, onNoList, byDepartment, byOs, sources, tooSmall);
  }

  /// Nothing but that the part of the fleet is too small.
  Overview untold() {
    return new Overview(
        new Total(total.rule(), total.at(), total.lastReport(), Counts.NONE),
        0,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        true);
  }

  /// An inventory source, such as `npm`.
  public record Source(String name, long devices) {}
}
