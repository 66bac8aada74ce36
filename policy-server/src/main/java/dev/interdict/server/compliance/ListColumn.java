package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
  /// @param beside for each wider part of which people are told as well, how many of each name are
  ///   in that and not in this
  static List<Group> groups(
      Overview overview,
      Map<String, Long> sizes,
      Map<String, Long> having,
      List<Map<String, Long>> beside) {
    var all = new HashMap<>(sizes);
    var has = new HashMap<>(having);
    rest(all, overview.counts().total());
    rest(has, overview.counts().hasIt());
    var small = together(all, beside);
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

  /// The names of those that stand together: the small ones, and those of which a wider part has a
  /// few more, which could be told from the two; and then larger ones, until neither what stands
  /// together nor what a wider part has more of that is a few, or all of them do.
  private static Set<String> together(Map<String, Long> sizes, List<Map<String, Long>> beside) {
    var together = new HashSet<>(Overview.Group.small(sizes));
    sizes.keySet().stream()
        .filter(name -> beside.stream().anyMatch(more -> isFew(more.getOrDefault(name, 0L))))
        .forEach(together::add);
    var others =
        sizes.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .filter(name -> !together.contains(name))
            .iterator();
    while (!together.isEmpty()
        && others.hasNext()
        && (together.size() == 1
            || isFew(sum(together, sizes))
            || beside.stream().anyMatch(more -> isFew(sum(together, more))))) {
      together.add(others.next());
    }
    return together;
  }

  private static boolean isFew(long devices) {
    return devices > 0 && devices < Overview.Group.SMALLEST;
  }

  private static long sum(Set<String> names, Map<String, Long> sizes) {
    return names.stream().mapToLong(name -> sizes.getOrDefault(name, 0L)).sum();
  }

  /// How many more of each name a wider part has.
  ///
  /// @param whole all of that part, also those of no name
  static Map<String, Long> beside(
      Map<String, Long> wider, long whole, Map<String, Long> sizes, long part) {
    var beside = new HashMap<>(wider);
    rest(beside, whole);
    var all = new HashMap<>(sizes);
    rest(all, part);
    all.forEach((name, n) -> beside.merge(name, -n, Long::sum));
    return beside;
  }

  /// What is in none of them has no name.
  private static void rest(Map<String, Long> groups, long whole) {
    var named = groups.values().stream().mapToLong(Long::longValue).sum();
    if (whole > named) {
      groups.put("", whole - named);
    }
  }
}
