package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One rule over the whole fleet from the [Kept] counts, which are read once and added up here, by
/// whatever is asked for. Used once.
final class Counting {
  private static final int SOME = 500;

  private final Handle handle;
  private final String rule;
  private final Horizon horizon;
  private final Kept kept;
  private final Subset which;

  /// The finest part of the fleet that is counted.
  record Cell(String os, String department) {
    /// Of a group of [GroupBy#CELL].
    private static Cell of(String group) {
      return new Cell(os(group), department(group));
    }

    private static String os(String group) {
      return group.substring(0, group.indexOf('/'));
    }

    private static String department(String group) {
      return group.substring(group.indexOf('/') + 1);
    }

    String group() {
      return os + "/" + department;
    }
  }

  /// @param scope what is counted; the rest of the fleet leaves no trace in any figure
  Counting(Handle handle, String rule, Horizon horizon, Scope scope, Part part) {
    this.which = Subset.of(scope, part);
    this.handle = handle;
    this.rule = rule;
    this.horizon = horizon;
    this.kept = new Kept(handle, rule, horizon);
  }

  /// A cell of the fleet within a ring.
  record RingedCell(String ring, Cell cell) {
    /// Of a group of [GroupBy#RINGED_CELL], or of [GroupBy#CELL], which has no ring.
    static RingedCell of(String group) {
      var tab = group.indexOf('\t');
      return new RingedCell(
          tab < 0 ? "" : group.substring(0, tab), Cell.of(group.substring(tab + 1)));
    }
  }

  /// The counts of each part of the fleet, by ring, operating system and department.
  Map<RingedCell, Counts> cells() {
    var cells = new HashMap<RingedCell, Counts>();
    sums(GroupBy.RINGED_CELL)
        .counts()
        .forEach((group, counts) -> cells.put(RingedCell.of(group), counts));
    return cells;
  }

  private Sums sums(GroupBy by) {
    return sums(by, kept.tallies(by, which));
  }

  private Sums sums(GroupBy by, List<Kept.Tally> tallies) {
    var sums = added(tallies);
    kept.absent(by, which).forEach((group, n) -> sums.add(group, Status.NOT_ENROLLED, n));
    return sums;
  }

  private static Sums added(List<Kept.Tally> tallies) {
    var sums = new Sums();
    tallies.forEach(each -> sums.add(each.group(), each.status(), each.n()));
    return sums;
  }

  /// The whole fleet alone.
  Total total() {
    var sums = sums(GroupBy.NOTHING);
    var whole = sums.counts().values().stream().reduce(Counts.NONE, Counts::plus);
    return new Total(rule, horizon.now(), lastReport(), whole);
  }

  Overview overview() {
    var tallies = kept.tallies(GroupBy.CELL, which);
    var cells = sums(GroupBy.CELL, tallies);
    var departments = cells.by(Cell::department).counts();
    var whole = departments.values().stream().reduce(Counts.NONE, Counts::plus);
    return new Overview(
        new Total(rule, horizon.now(), lastReport(), whole),
        hidden(tallies, Status.SILENT),
        hidden(tallies, Status.EXEMPT),
        onNoList(),
        groups(departments),
        groups(cells.by(Cell::os).counts()),
        which.rings().isAll() ? sources() : List.of(),
        false);
  }

  /// The fleet by version of the agent; those that never reported have none.
  List<Overview.Group> versions() {
    return groups(sums(GroupBy.VERSION).counts());
  }

  /// The fleet by ring.
  List<Overview.Group> rings() {
    return groups(sums(GroupBy.RING).counts());
  }

  /// What the enrolled devices of each ring count as.
  SortedMap<String, Counts> enrolledByRing() {
    return new TreeMap<>(added(kept.tallies(GroupBy.RING, which)).counts());
  }

  private static long hidden(List<Kept.Tally> tallies, Status by) {
    return tallies.stream()
        .filter(each -> each.status() == by && each.state() != null && each.state().hasIt())
        .mapToLong(Kept.Tally::n)
        .sum();
  }

  /// All of the fleet's devices that are on no list, whatever they count as.
  private long onNoList() {
    return !kept.listed()
        ? 0
        : kept.fleet(GroupBy.NOTHING, which).stream()
            .filter(each -> !each.listed())
            .mapToLong(Rollups.Count::n)
            .sum();
  }

  private static List<Overview.Group> groups(Map<String, Counts> by) {
    var result = new ArrayList<Overview.Group>();
    by.forEach((group, counts) -> {
      if (counts.total() > 0) {
        result.add(new Overview.Group(group, counts));
      }
    });
    result.sort(
        Comparator.comparingLong((Overview.Group group) -> -group.counts().hasIt())
            .thenComparing(Overview.Group::name));
    return result;
  }

  /// Who has it by which source: all who told so, without those whom another status hides.
  private List<Overview.Source> sources() {
    var counts = new HashMap<String, Long>();
    for (var each : kept.tallies(GroupBy.SOURCE, which)) {
      if (each.status().hasIt()) {
        counts.merge(each.group(), each.n(), Long::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Overview.Source(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong((Overview.Source source) -> -source.devices())
                .thenComparing(Overview.Source::name))
        .toList();
  }

  /// Of all stored reports and some devices of today: a small fleet is looked at whole, and in a
  /// large one a report is stored at any time.
  @Nullable Instant lastReport() {
    return handle
        .createQuery(
            "select max(at) as at from (select max(received_at) as at from report union all select"
                + " max(last_contact) as at from (select last_contact from device where contact_day"
                + " = (select max(contact_day) from device where sequence > 0) and sequence > 0"
                + " limit "
                + SOME
                + ") today) newest")
        .map((row, _) -> Optional.of(row.getLong("at")).filter(at -> at > 0))
        .one()
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  static @Nullable RuleState state(@Nullable String word) {
    return word == null ? null : RuleState.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
