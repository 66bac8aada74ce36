package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What the company's list says of a workstation, by which the fleet is told apart though no count
/// is kept of it.
public enum ListColumn {
  /// Where it is.
  SITE,
  /// Who manages whoever uses it.
  MANAGER;

  /// The entries that are of the fleet, as the index of each has it.
  private static final String MEMBER = member("e");

  /// A part of the fleet.
  ///
  /// @param name empty for those of which the list does not say it, and [Overview.Group#SMALL]
  /// @param devices all of it, whatever they count as
  /// @param has those that have a rule's software
  public record Group(String name, long devices, long has) {}

  /// That an entry is of the fleet, in the words of the indexes of [#SITE] and [#MANAGER].
  ///
  /// @param entry what it is called in the statement
  static String member(String entry) {
    return "(%1$s.device_id is not null or %1$s.retired_at is null and %1$s.in_use = 1)"
        .formatted(entry);
  }

  /// The column of the list, and the key in an address.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Those that the list says of any workstation.
  static Set<ListColumn> said(Handle handle) {
    var said = EnumSet.noneOf(ListColumn.class);
    for (var each : values()) {
      handle
          .createQuery(
              "select 1 from expected_device e where e."
                  + each.key()
                  + " is not null and "
                  + MEMBER
                  + " limit 1")
          .mapTo(Integer.class)
          .findOne()
          .ifPresent(_ -> said.add(each));
    }
    return said;
  }

  /// The devices of the whole fleet by this, along its index alone; without those of which the list
  /// does not say it.
  Map<String, Long> sizes(Handle handle) {
    var sizes = new HashMap<String, Long>();
    add(
        handle,
        "select e.%1$s as name, count(*) as n from expected_device e where e.%1$s is not null and "
            + MEMBER
            + " group by e.%1$s",
        new Where(),
        sizes);
    return sizes;
  }

  /// The same of the devices that a filter lets through.
  Map<String, Long> sizes(Handle handle, DeviceCondition condition) {
    var sizes = new HashMap<String, Long>();
    for (var members : List.of(DeviceList.ENROLLED, DeviceList.ABSENT)) {
      var where = new Where().add("e.entry_id = d.entry_id").add("e." + key() + " <> ''");
      add(
          handle,
          "select e.%1$s as name, count(*) as n from ("
              + members
              + ") d cross join expected_device e"
              + where.and(condition.of("d")).text()
              + " group by e.%1$s",
          where,
          sizes);
    }
    return sizes;
  }

  private void add(Handle handle, String sql, Where where, Map<String, Long> sizes) {
    handle
        .createQuery(sql.formatted(key()))
        .bindMap(where.binds())
        .map((row, _) -> sizes.merge(row.getString("name"), row.getLong("n"), Long::sum))
        .list();
  }

  /// The groups that have any, those with most first, and the small ones together.
  ///
  /// @param sizes of all that are named
  /// @param having of those that have any
  static List<Group> groups(Overview overview, Map<String, Long> sizes, Map<String, Long> having) {
    var all = new HashMap<>(sizes);
    var has = new HashMap<>(having);
    rest(all, overview.counts().total());
    rest(has, overview.counts().hasIt());
    var small = Overview.Group.small(all);
    var groups = new ArrayList<Group>();
    var together = new Group(Overview.Group.SMALL, 0, 0);
    for (var each : all.entrySet()) {
      var n = has.getOrDefault(each.getKey(), 0L);
      if (small.contains(each.getKey())) {
        together =
            new Group(together.name(), together.devices() + each.getValue(), together.has() + n);
      } else if (n > 0) {
        groups.add(new Group(each.getKey(), each.getValue(), n));
      }
    }
    groups.sort(Comparator.comparingLong((Group group) -> -group.has()).thenComparing(Group::name));
    if (together.has() > 0) {
      groups.add(together);
    }
    return List.copyOf(groups);
  }

  /// What is in none of them has no name.
  private static void rest(Map<String, Long> groups, long whole) {
    var named = groups.values().stream().mapToLong(Long::longValue).sum();
    if (whole > named) {
      groups.put("", whole - named);
    }
  }
}
