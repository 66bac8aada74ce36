package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One rule over the whole fleet from the [Kept] counts. Used once.
final class Counting {
  private static final int SOME = 500;

  private final Handle handle;
  private final String rule;
  private final Horizon horizon;
  private final Scope scope;
  private final Kept kept;

  /// The finest part of the fleet that is counted.
  record Cell(String os, String department) {}

  /// @param scope what is counted; the rest of the fleet leaves no trace in any figure
  Counting(Handle handle, String rule, Horizon horizon, Scope scope) {
    this.scope = scope;
    this.handle = handle;
    this.rule = rule;
    this.horizon = horizon;
    this.kept = new Kept(handle, rule, horizon);
  }

  /// The counts of each part of the fleet, by operating system and department.
  Map<Cell, Counts> cells() {
    var cells = new HashMap<Cell, Counts>();
    by(tallies(), Function.identity()).forEach((cell, sums) -> cells.put(cell, new Counts(sums)));
    return cells;
  }

  private List<Kept.Tally> tallies() {
    var all = new ArrayList<>(kept.tallies());
    kept.absent()
        .forEach((cell, n) -> all.add(new Kept.Tally("", cell, Status.NOT_ENROLLED, null, n)));
    all.removeIf(each -> !scope.includes(each.cell().department()));
    return all;
  }

  private static <K> Map<K, Map<Status, Long>> by(
      List<Kept.Tally> tallies, Function<Cell, K> part) {
    var sums = new HashMap<K, Map<Status, Long>>();
    for (var each : tallies) {
      if (each.source().isEmpty()) {
        sums.computeIfAbsent(part.apply(each.cell()), _ -> new EnumMap<>(Status.class))
            .merge(each.status(), each.n(), Long::sum);
      }
    }
    return sums;
  }

  /// The devices of each part of the fleet, whatever they count as.
  static Map<Cell, Long> sizes(Kept kept) {
    var sizes = kept.absent();
    kept.fleet().forEach(each -> sizes.merge(each.cell(), each.n(), Long::sum));
    return sizes;
  }

  Overview overview() {
    var tallies = tallies();
    var whole = by(tallies, _ -> rule).getOrDefault(rule, Map.of());
    return new Overview(
        rule,
        horizon.now(),
        lastReport(),
        new Counts(whole),
        hidden(tallies, Status.SILENT),
        hidden(tallies, Status.EXEMPT),
        onNoList(),
        groups(tallies, Cell::department),
        groups(tallies, Cell::os),
        sources(tallies));
  }

  private static long hidden(List<Kept.Tally> tallies, Status by) {
    return Kept.sum(
        tallies, each -> each.source().isEmpty() && each.status() == by && hasIt(each.state()));
  }

  private static boolean hasIt(@Nullable RuleState state) {
    return state != null && state.hasIt();
  }

  /// All of the fleet's devices that are on no list, whatever they count as.
  private long onNoList() {
    return !kept.listed()
        ? 0
        : kept.fleet().stream()
            .filter(each -> !each.listed() && scope.includes(each.cell().department()))
            .mapToLong(Kept.Count::n)
            .sum();
  }

  private static List<Overview.Group> groups(
      List<Kept.Tally> tallies, Function<Cell, String> name) {
    var result = new ArrayList<Overview.Group>();
    by(tallies, name)
        .forEach((group, sums) -> {
          var counts = new Counts(sums);
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
  private static List<Overview.Source> sources(List<Kept.Tally> tallies) {
    var counts = new HashMap<String, Long>();
    for (var each : tallies) {
      if (!each.source().isEmpty() && each.status().hasIt()) {
        counts.merge(each.source(), each.n(), Long::sum);
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
  private @Nullable Instant lastReport() {
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
