package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Counting.Cell;
import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The counts that are kept with every report, as they hold at an instant. Nothing here looks at
/// devices but at those that the time has [Moved]. Used within one snapshot.
final class Kept {
  private static final Shade[] SHADES = Shade.values();

  /// Each shade, on the list and not.
  private static final int PLACES = SHADES.length * 2;

  private final Handle handle;
  private final Rollups rollups;
  private final String rule;
  private final Horizon horizon;
  private final boolean listed;
  private @Nullable List<Moved.Row> moved;

  /// What was counted: a page asks for one thing several times.
  private final Map<List<Object>, List<Rollups.Count>> counted = new HashMap<>();

  /// The same after all was put where it belongs.
  record Tally(String group, Status status, @Nullable RuleState state, long n) {}

  Kept(Handle handle, String rule, Horizon horizon) {
    this.handle = handle;
    this.rollups = new Rollups(handle);
    this.rule = rule;
    this.horizon = horizon;
    this.listed = Horizon.listed(handle);
  }

  /// Whether there is a list of what to expect.
  boolean listed() {
    return listed;
  }

  List<Moved.Row> moved() {
    if (moved == null) {
      moved = Moved.under(handle, horizon, rule);
    }
    return moved;
  }

  /// The devices that are enrolled and count, whatever they told; their state is null.
  List<Rollups.Count> fleet(GroupBy by, Subset which) {
    return counted.computeIfAbsent(
        List.<Object>of("fleet", by, which), _ -> rollups.fleet(by, which));
  }

  /// The whole fleet, whatever it told.
  long size(Subset which) {
    return rollups.size(which) + absent(which).values().stream().mapToLong(Long::longValue).sum();
  }

  /// Those that told of the rule, as they are kept.
  List<Rollups.Count> told(GroupBy by, Subset which) {
    return rule.isEmpty()
        // The counts of the fleet stand under it, and nobody tells of no rule.
        ? List.of()
        : counted.computeIfAbsent(
            List.<Object>of("told", by, which), _ -> rollups.told(rule, by, which));
  }

  /// Those that told and those that did not; of a source, which somebody told, the former alone.
  List<Rollups.Count> all(GroupBy by, Subset which) {
    var told = told(by, which);
    if (by == GroupBy.SOURCE || which.source() != null) {
      return told;
    }
    var untold = new HashMap<String, long[]>();
    for (var each : fleet(by, which)) {
      untold.computeIfAbsent(each.group(), _ -> new long[PLACES])[place(each)] += each.n();
    }
    for (var each : told) {
      untold.computeIfAbsent(each.group(), _ -> new long[PLACES])[place(each)] -= each.n();
    }
    var all = new ArrayList<>(told);
    untold.forEach((group, places) -> {
      for (var place = 0; place < PLACES; place++) {
        if (places[place] != 0) {
          all.add(new Rollups.Count(group, SHADES[place / 2], place % 2 == 1, null, places[place]));
        }
      }
    });
    return all;
  }

  /// As which the fleet keeps the device: an exemption is of a rule, and its device is plain.
  private static int place(Rollups.Count count) {
    var shade = count.shade() == Shade.EXEMPT ? Shade.PLAIN : count.shade();
    return shade.ordinal() * 2 + (count.listed() ? 1 : 0);
  }

  /// The same as it holds.
  List<Tally> tallies(GroupBy by, Subset which) {
    var all = new ArrayList<Tally>();
    for (var each : all(by, which)) {
      var status = status(each.shade(), each.listed(), each.state());
      all.add(new Tally(each.group(), status, each.state(), each.n()));
    }
    for (var row : moved()) {
      var from = status(row.kept(), row.listed(), row.state());
      if (which.includes(row)) {
        for (var group : by.of(row)) {
          all.add(new Tally(group, from, row.state(), -1));
          all.add(new Tally(group, row.status(), row.state(), 1));
        }
      }
    }
    return all;
  }

  /// What devices that are kept like this count as.
  Status status(Shade shade, boolean onList, @Nullable RuleState state) {
    return shade.status(listed && !onList, state);
  }

  /// An entry of the list that no device counts as, in short.
  private record Absent(String ring, Cell cell) {}

  /// Entries of the list that no device counts as.
  Map<Cell, Long> absent(Subset which) {
    var absent = new HashMap<Cell, Long>();
    absentByRing(which).forEach((each, n) -> absent.merge(each.cell(), n, Long::sum));
    return absent;
  }

  /// The same by what [GroupBy] tells apart.
  Map<String, Long> absent(GroupBy by, Subset which) {
    var absent = new HashMap<String, Long>();
    absentByRing(which)
        .forEach((each, n) ->
            absent.merge(
                switch (by) {
                  case NOTHING, VERSION, SOURCE -> "";
                  case DEPARTMENT -> each.cell().department();
                  case OS -> each.cell().os();
                  case RING -> each.ring();
                  case CELL -> each.cell().group();
                  case RINGED_CELL -> each.ring() + "\t" + each.cell().group();
                },
                n,
                Long::sum));
    return absent;
  }

  private Map<Absent, Long> absentByRing(Subset which) {
    var absent = new HashMap<Absent, Long>();
    if (listed && which.source() == null && which.versions().allows("")) {
      var where =
          new Subset(which.scope(), which.departments(), which.os(), Terms.ALL, Terms.ALL, null)
              .where()
              .terms("coalesce(ring, '')", "ring", which.rings())
              .add("device_id is null and retired_at is null and in_use = 1");
      handle
          .createQuery(
              "select os, department, coalesce(ring, ''), count(*) from expected_device"
                  + where.text()
                  + " group by os, department, coalesce(ring, '')")
          .bindMap(where.binds())
          .map((row, _) ->
              absent.put(
                  new Absent(row.getString(3), new Cell(row.getString(1), row.getString(2))),
                  row.getLong(4)))
          .list();
    }
    return absent;
  }

  /// How many rows a query has; `most` where there are as many, or more.
  long number(String query, Where where, int most) {
    return handle
        .createQuery("select count(*) from (" + query + " limit :most) enough")
        .bindMap(where.binds())
        .bind("most", most)
        .mapTo(Long.class)
        .one();
  }
}
