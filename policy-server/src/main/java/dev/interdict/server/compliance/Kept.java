package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Counting.Cell;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The counts that are kept with every report, as they hold at an instant. Nothing here looks at
/// devices but at those that the time has [Moved]. Used within one snapshot.
final class Kept {
  private static final String ANY = "";

  private final Handle handle;
  private final String rule;
  private final boolean listed;
  private final List<Moved.Row> moved;

  /// Some devices that are alike.
  ///
  /// @param source by which they have the software; empty where that is not asked
  /// @param shade as which they are kept, which [#moved] may say differently
  /// @param state what they told of the rule; null if nothing
  record Count(
      String source, Cell cell, Shade shade, boolean listed, @Nullable RuleState state, long n) {}

  /// The same after all was put where it belongs.
  record Tally(String source, Cell cell, Status status, @Nullable RuleState state, long n) {}

  Kept(Handle handle, String rule, Horizon horizon) {
    this.handle = handle;
    this.rule = rule;
    this.listed = Horizon.listed(handle);
    this.moved = Moved.under(handle, horizon, rule);
  }

  /// Whether there is a list of what to expect.
  boolean listed() {
    return listed;
  }

  List<Moved.Row> moved() {
    return moved;
  }

  /// The devices that are enrolled and count, whatever they told; their state is null.
  List<Count> fleet() {
    return list(
        "select '', os, department, shade, listed, null, n from fleet_rollup where shade <>"
            + " 'aside' and n <> 0");
  }

  /// Those that told of the rule, and how many have it by each source.
  List<Count> told() {
    return list(
        "select source, os, department, shade, listed, state, n from rule_rollup where rule_id = ?"
            + " and shade <> 'aside' and n <> 0",
        rule);
  }

  /// Those that told, by one source, or [#ANY].
  private List<Count> told(String source) {
    return list(
        "select source, os, department, shade, listed, state, n from rule_rollup where rule_id = ?"
            + " and source = ? and shade <> 'aside' and n <> 0",
        rule,
        source);
  }

  /// All devices of the fleet that are enrolled, and those of a source if one is asked for, as they
  /// are kept: told and untold.
  List<Count> counts(@Nullable String source) {
    return source == null ? withUntold(told(ANY)) : told(source);
  }

  /// Adds those that told nothing of the rule.
  private List<Count> withUntold(List<Count> told) {
    record Place(Cell cell, Shade shade, boolean listed) {}
    var untold = new HashMap<Place, Long>();
    for (var each : fleet()) {
      untold.merge(new Place(each.cell(), each.shade(), each.listed()), each.n(), Long::sum);
    }
    for (var each : told) {
      if (each.source().equals(ANY)) {
        var shade = each.shade() == Shade.EXEMPT ? Shade.PLAIN : each.shade();
        untold.merge(new Place(each.cell(), shade, each.listed()), -each.n(), Long::sum);
      }
    }
    var all = new ArrayList<>(told);
    untold.forEach((place, n) -> {
      if (n != 0) {
        all.add(new Count(ANY, place.cell(), place.shade(), place.listed(), null, n));
      }
    });
    return all;
  }

  /// Everything that is counted of the rule, as it holds.
  List<Tally> tallies() {
    return tallies(withUntold(told()), row -> union(ANY, row.sources()));
  }

  /// What `counts` of [#counts] come to.
  List<Tally> tallies(List<Count> counts, @Nullable String source) {
    return tallies(
        counts,
        row ->
            source == null
                ? Set.of(ANY)
                : row.sources().contains(source) ? Set.of(source) : Set.of());
  }

  private interface Sources {
    Set<String> of(Moved.Row row);
  }

  private List<Tally> tallies(List<Count> counts, Sources sources) {
    var all = new ArrayList<Tally>(counts.size());
    for (var each : counts) {
      var status = status(each.shade(), each.listed(), each.state());
      all.add(new Tally(each.source(), each.cell(), status, each.state(), each.n()));
    }
    for (var row : moved) {
      var from = status(row.kept(), row.listed(), row.state());
      for (var source : sources.of(row)) {
        all.add(new Tally(source, row.cell(), from, row.state(), -1));
        all.add(new Tally(source, row.cell(), row.status(), row.state(), 1));
      }
    }
    return all;
  }

  private static Set<String> union(String one, List<String> others) {
    var all = new HashSet<>(others);
    all.add(one);
    return all;
  }

  /// What devices that are kept like this count as.
  Status status(Shade shade, boolean onList, @Nullable RuleState state) {
    return shade.status(listed && !onList, state);
  }

  /// Entries of the list that no device counts as.
  Map<Cell, Long> absent() {
    var absent = new HashMap<Cell, Long>();
    if (listed) {
      list("select '', os, department, 'plain', 1, null, count(*) from expected_device where"
              + " device_id is null and retired_at is null and in_use = 1 group by os,"
              + " department")
          .forEach(each -> absent.put(each.cell(), each.n()));
    }
    return absent;
  }

  /// All that `which` lets through.
  static long sum(List<Tally> tallies, Predicate<Tally> which) {
    return tallies.stream().filter(which).mapToLong(Tally::n).sum();
  }

  /// Thousands of rows, so that columns are read by their places.
  private List<Count> list(String sql, String... parameters) {
    var query = handle.createQuery(sql);
    for (var i = 0; i < parameters.length; i++) {
      query.bind(i, parameters[i]);
    }
    return query.map((row, _) -> count(row)).list();
  }

  private static Count count(ResultSet row) throws SQLException {
    return new Count(
        row.getString(1),
        new Cell(row.getString(2), row.getString(3)),
        Shade.ofWord(row.getString(4)),
        row.getInt(5) == 1,
        Counting.state(row.getString(6)),
        row.getLong(7));
  }
}
