package dev.interdict.server.compliance;

import dev.interdict.json.Fields;
import dev.interdict.report.RuleState;
import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The ways to a page of a list, each along an index that is ordered by names: all devices, those
/// of a department, of a system, of a source, or of a status. Which is the shortest the counts
/// tell.
final class Ways {
  private static final String BY_DEVICE = "(" + DeviceList.ENROLLED + ") d" + DeviceList.STATE;

  // A cross join is read in the order in which it is written.
  private static final String BY_RULE = "rule_state s cross join (" + DeviceList.ENROLLED + ") d";
  private static final String BY_SOURCE =
      "finding f cross join rule_state s cross join (" + DeviceList.ENROLLED + ") d";

  private static final String BY_PERSON =
      "expected_device x cross join (" + DeviceList.ENROLLED + ") d" + DeviceList.STATE;

  /// From here on it is not worth knowing how many there are.
  private static final int SHORT = 5_000;

  /// How many rows an index passes by itself for what one costs whose device is looked at.
  private static final double CHEAPER = 20;

  private final Kept kept;
  private final DeviceFilter filter;
  private final int most;

  /// A part of a way, which is read by itself.
  ///
  /// @param from what is read
  /// @param named which table of it has the names in their order
  /// @param placed which table of it tells department and system first
  /// @param where what the index is entered by
  /// @param length how many there are on it
  /// @param hits how many of those it is walked for
  record Part(String from, String named, String placed, Where where, long length, long hits) {}

  /// @param most rows that are wanted
  Ways(Kept kept, DeviceFilter filter, int most) {
    this.kept = kept;
    this.filter = filter;
    this.most = most;
  }

  /// The parts of the shortest way.
  ///
  /// @param total how many the filter lets through
  List<Part> shortest(long total) {
    var fleet = kept.fleet(GroupBy.NOTHING, Subset.ALL);
    var best = List.of(device(new Where(), sum(fleet, _ -> true)));
    for (var way :
        List.of(
            each("department", GroupBy.DEPARTMENT, filter.departments().any()),
            each("os", GroupBy.OS, filter.os().any()),
            versions(),
            each("ring", GroupBy.RING, filter.rings().any()),
            people(),
            sources(),
            statuses(fleet))) {
      if (way.isPresent() && cost(way.get(), total) < cost(best, total)) {
        best = way.get();
      }
    }
    return best;
  }

  /// How many rows are looked at.
  private long cost(List<Part> way, long total) {
    var hits = way.stream().mapToLong(Part::hits).sum();
    return way.stream()
        .mapToLong(part -> {
          var some = (double) most * part.length() / Math.max(1, part.hits());
          var passed = Math.min(part.length(), some * hits / Math.max(1, total));
          return most + (long) (part.from().equals(BY_RULE) ? passed / CHEAPER : passed);
        })
        .sum();
  }

  private static long sum(List<Rollups.Count> counts, Predicate<Rollups.Count> which) {
    return counts.stream().filter(which).mapToLong(Rollups.Count::n).sum();
  }

  private static Part device(Where where, long length) {
    return new Part(BY_DEVICE, "d", "d", where, length, length);
  }

  private static Part device(String column, String value, long length) {
    return device(new Where().add("d." + column + " = :way").bind("way", value), length);
  }

  private Optional<List<Part>> each(String column, GroupBy by, Set<String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    var fleet = kept.fleet(by, Subset.ALL);
    return Optional.of(
        values.stream()
            .map(value -> device(column, value, sum(fleet, one -> one.group().equals(value))))
            .toList());
  }

  /// One that never reported has none in the index.
  private Optional<List<Part>> versions() {
    var versions = filter.versions().any();
    return versions.contains("")
        ? Optional.empty()
        : each("agent_version", GroupBy.VERSION, versions);
  }

  /// Through the list that says whose a workstation is; those of nobody are many.
  private Optional<List<Part>> people() {
    var people = filter.people().any();
    if (people.isEmpty() || people.contains("")) {
      return Optional.empty();
    }
    var where = new Where().any("x.person", "way", people);
    var seen = kept.number("select 1 from expected_device x" + where.text(), where, SHORT);
    where.add("d.entry_id = x.entry_id");
    return seen == SHORT
        ? Optional.empty()
        : Optional.of(List.of(new Part(BY_PERSON, "d", "d", where, seen, seen)));
  }

  /// What no source found is on no list.
  private Optional<List<Part>> sources() {
    if (filter.sources().any().contains("")) {
      return Optional.empty();
    }
    var parts = new ArrayList<Part>();
    for (var source : filter.sources().any()) {
      var where =
          new Where()
              .add("f.rule_id = :rule and f.source = :way and f.strength <> 'residue'")
              .add("f.host >= '' and d.device_id = f.device_id")
              .add("s.device_id = f.device_id and s.rule_id = f.rule_id")
              .bind("way", source);
      var length =
          sum(
              kept.told(
                  GroupBy.NOTHING,
                  new Subset(Scope.WHOLE, Terms.ALL, Terms.ALL, Terms.ALL, Terms.ALL, source)),
              _ -> true);
      parts.add(new Part(BY_SOURCE, "f", "s", where, length, length));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
  }

  private Optional<List<Part>> statuses(List<Rollups.Count> fleet) {
    if (filter.statuses().isEmpty()) {
      return Optional.empty();
    }
    var parts = new ArrayList<Part>();
    for (var shade : List.of(Shade.UNSUPPORTED, Shade.SILENT)) {
      if (filter.statuses().contains(shade.status(false, null))) {
        var length = sum(fleet, each -> each.shade() == shade);
        // A word of ours in the text itself, as the index has it.
        parts.add(device(new Where().add("d.shade = '" + shade.word() + "'"), length));
      }
    }
    for (var each : kept.all(GroupBy.NOTHING, Subset.ALL)) {
      var status = kept.status(each.shade(), each.listed(), each.state());
      if ((each.shade() == Shade.EXEMPT || each.shade() == Shade.PLAIN)
          && filter.statuses().contains(status)) {
        parts.add(each.state() == null ? untold(each, fleet) : told(each, each.state()));
      }
    }
    return Optional.of(parts);
  }

  private static Part told(Rollups.Count alike, RuleState state) {
    var where =
        new Where()
            .add("s.rule_id = :rule and s.shade = :shade and s.listed = :on_list")
            .add("s.state = :state and d.device_id = s.device_id")
            .bind("shade", alike.shade().word())
            .bind("on_list", alike.listed() ? 1 : 0)
            .bind("state", Fields.written(state));
    return new Part(BY_RULE, "s", "s", where, alike.n(), alike.n());
  }

  /// Nothing knows of what nobody told: they are met among all.
  private static Part untold(Rollups.Count alike, List<Rollups.Count> fleet) {
    var where =
        new Where()
            .add("d.shade = 'plain' and s.device_id is null")
            .add(alike.listed() ? "d.entry_id is not null" : "d.entry_id is null");
    var plain = sum(fleet, each -> each.shade() == Shade.PLAIN);
    return new Part(BY_DEVICE, "d", "d", where, plain, alike.n());
  }
}
