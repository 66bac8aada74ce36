package dev.interdict.server.compliance;

import dev.interdict.json.Fields;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Counting.Cell;
import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The counts that are kept with every report, as they hold at an instant. Nothing here looks at
/// devices but at those that the time has [Moved]. Used within one snapshot.
final class Kept {
  private static final RuleState[] STATES = RuleState.values();
  private static final Shade[] SHADES = Shade.values();

  /// Each shade, on the list and not.
  private static final int PLACES = SHADES.length * 2;

  /// A number instead of words, of which thousands are dear to read: shade, list and state.
  private static final String CODE =
      "("
          + code("shade", List.of(SHADES), Shade::word)
          + " * 2 + listed) * 100 + "
          + code("state", List.of(STATES), Fields::written);

  private static final int NO_STATE = 99;
  private static final String FLEET_CODE =
      "(" + code("shade", List.of(SHADES), Shade::word) + " * 2 + listed) * 100 + " + NO_STATE;

  private final Handle handle;
  private final String rule;
  private final Horizon horizon;
  private final boolean listed;
  private @Nullable List<Moved.Row> moved;

  /// What was counted: a page asks for one thing several times.
  private final Map<List<Object>, List<Count>> counted = new HashMap<>();

  /// What counts are told apart by.
  enum By {
    NOTHING("''", row -> List.of("")),
    DEPARTMENT("department", row -> List.of(row.cell().department())),
    OS("os", row -> List.of(row.cell().os())),
    /// An operating system, a slash, and a department: the finest there is.
    CELL(
        "os || '/' || department", row -> List.of(row.cell().os() + "/" + row.cell().department())),
    /// The same within each ring: ring and cell, with a tab between, which no name has.
    RINGED_CELL(
        "ring || '\t' || os || '/' || department",
        row -> List.of(row.ring() + "\t" + row.cell().os() + "/" + row.cell().department())),
    /// Into which devices were put.
    RING("ring", row -> List.of(row.ring())),
    /// Of the agent; empty of a device that never reported.
    VERSION("version", row -> List.of(row.version())),
    /// Devices that have it by more than one source count for each.
    SOURCE("source", Moved.Row::sources);

    private final String sql;
    private final Function<Moved.Row, List<String>> of;

    By(String sql, Function<Moved.Row, List<String>> of) {
      this.sql = sql;
      this.of = of;
    }
  }

  /// Which devices are counted.
  ///
  /// @param rings and
  /// @param versions of the agent; no count knows both of one of these and of sources
  /// @param source only those that have it by this; null for all
  record Which(
      Scope scope,
      Terms departments,
      Terms os,
      Terms rings,
      Terms versions,
      @Nullable String source) {
    static final Which ALL = of(Scope.WHOLE);

    static Which of(Scope scope) {
      return of(scope, Part.WHOLE);
    }

    static Which of(Scope scope, Part part) {
      return new Which(scope, part.departments(), part.os(), part.rings(), Terms.ALL, null);
    }

    Which {
      if (source != null && !(versions.isAll() && rings.isAll())) {
        throw new IllegalArgumentException(
            "nothing is counted by source and by version or ring at once");
      }
    }

    private boolean includes(Moved.Row row) {
      var department = row.cell().department();
      return scope.includes(department)
          && departments.allows(department)
          && os.allows(row.cell().os())
          && rings.allows(row.ring())
          && versions.allows(row.version())
          && (source == null || row.sources().contains(source));
    }

    private Where where() {
      var where =
          new Where()
              .terms("department", "department", departments)
              .terms("os", "os", os)
              .terms("ring", "ring", rings)
              .terms("version", "version", versions);
      var binds = new HashMap<String, Object>();
      return where.add("1 = 1" + ScopeCondition.of(scope, "department", binds)).bind(binds);
    }
  }

  /// Some devices that are alike.
  ///
  /// @param group what [By] tells apart
  /// @param shade as which they are kept, which [#moved] may say differently
  /// @param state what they told of the rule; null if nothing
  record Count(String group, Shade shade, boolean listed, @Nullable RuleState state, long n) {}

  /// The same after all was put where it belongs.
  record Tally(String group, Status status, @Nullable RuleState state, long n) {}

  Kept(Handle handle, String rule, Horizon horizon) {
    this.handle = handle;
    this.rule = rule;
    this.horizon = horizon;
    this.listed = Horizon.listed(handle);
  }

  private static <E extends Enum<E>> String code(
      String column, List<E> values, Function<E, String> word) {
    var text = new StringBuilder("case " + column);
    values.forEach(each -> text.append(" when '" + word.apply(each) + "' then " + each.ordinal()));
    return text + " end";
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
  List<Count> fleet(By by, Which which) {
    return counted.computeIfAbsent(
        List.<Object>of("fleet", by, which),
        _ ->
            isFine(by, which)
                ? counts("fine_rollup", FLEET_CODE, by, which.where().add("rule_id = ''"))
                : counts("fleet_rollup", FLEET_CODE, by, which.where()));
  }

  /// The whole fleet, whatever it told.
  long size(Which which) {
    var fine = isFine(By.NOTHING, which);
    var where = which.where().add("shade <> 'aside'");
    if (fine) {
      where.add("rule_id = ''");
    }
    var table = fine ? "fine_rollup" : "fleet_rollup";
    var enrolled =
        handle
            .createQuery("select coalesce(sum(n), 0) from " + table + where.text())
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one();
    return enrolled + absent(which).values().stream().mapToLong(Long::longValue).sum();
  }

  /// Those that told of the rule, as they are kept.
  List<Count> told(By by, Which which) {
    return counted.computeIfAbsent(List.<Object>of("told", by, which), _ -> toldNow(by, which));
  }

  private List<Count> toldNow(By by, Which which) {
    if (rule.isEmpty()) {
      // The counts of the fleet stand under it, and nobody tells of no rule.
      return List.of();
    }
    var where = which.where().add("rule_id = :rule").bind("rule", rule);
    if (isFine(by, which)) {
      return counts("fine_rollup", CODE, by, where);
    }
    if (by == By.SOURCE) {
      where.add("source <> ''");
    } else {
      where.add("source = :source").bind("source", which.source() == null ? "" : which.source());
    }
    return counts("rule_rollup", CODE, by, where);
  }

  private static boolean isFine(By by, Which which) {
    return by == By.VERSION
        || by == By.RING
        || by == By.RINGED_CELL
        || !which.versions().isAll()
        || !which.rings().isAll();
  }

  /// Those that told and those that did not; of a source, which somebody told, the former alone.
  List<Count> all(By by, Which which) {
    var told = told(by, which);
    if (by == By.SOURCE || which.source() != null) {
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
          all.add(new Count(group, SHADES[place / 2], place % 2 == 1, null, places[place]));
        }
      }
    });
    return all;
  }

  /// As which the fleet keeps the device: an exemption is of a rule, and its device is plain.
  private static int place(Count count) {
    var shade = count.shade() == Shade.EXEMPT ? Shade.PLAIN : count.shade();
    return shade.ordinal() * 2 + (count.listed() ? 1 : 0);
  }

  /// The same as it holds.
  List<Tally> tallies(By by, Which which) {
    var all = new ArrayList<Tally>();
    for (var each : all(by, which)) {
      var status = status(each.shade(), each.listed(), each.state());
      all.add(new Tally(each.group(), status, each.state(), each.n()));
    }
    for (var row : moved()) {
      var from = status(row.kept(), row.listed(), row.state());
      if (which.includes(row)) {
        for (var group : by.of.apply(row)) {
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
  Map<Cell, Long> absent(Which which) {
    var absent = new HashMap<Cell, Long>();
    absentByRing(which).forEach((each, n) -> absent.merge(each.cell(), n, Long::sum));
    return absent;
  }

  /// The same by what [By] tells apart.
  Map<String, Long> absent(By by, Which which) {
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

  private Map<Absent, Long> absentByRing(Which which) {
    var absent = new HashMap<Absent, Long>();
    if (listed && which.source() == null && which.versions().allows("")) {
      var where =
          new Which(which.scope(), which.departments(), which.os(), Terms.ALL, Terms.ALL, null)
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

  private List<Count> counts(String table, String code, By by, Where where) {
    where.add("shade <> 'aside' and n <> 0");
    return handle
        .createQuery(
            // A row of the table is a cell; to add up what stands alone would sort thousands.
            by == By.CELL
                ? "select "
                    + by.sql
                    + " as name, "
                    + code
                    + " as code, n from "
                    + table
                    + where.text()
                : added(table, code, by, where))
        .bindMap(where.binds())
        .map((row, _) -> count(row.getString(1), row.getInt(2), row.getLong(3)))
        .list();
  }

  /// Sums of what is alike, by the columns themselves, which come first in the key of a rule: a
  /// database that reads along it need not sort, and puts codes to the sums alone.
  private static String added(String table, String code, By by, Where where) {
    var alike = "shade, listed" + (code.equals(FLEET_CODE) ? "" : ", state");
    return "select name, "
        + code
        + " as code, devices from (select "
        + by.sql
        + " as name, "
        + alike
        + ", sum(n) as devices from "
        + table
        + where.text()
        + " group by "
        + (by == By.NOTHING ? "" : by.sql + ", ")
        + alike
        + ") added_up";
  }

  private static Count count(String group, int code, long n) {
    var state = code % 100;
    var over = code / 100;
    return new Count(
        group, SHADES[over / 2], over % 2 == 1, state == NO_STATE ? null : STATES[state], n);
  }
}
