package dev.interdict.server.compliance;

import dev.interdict.report.RuleState;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts one rule from the rollups, without visiting every device. The rollups know what was
/// reported; what depends on the time of day, silence and exemption, is counted from the few
/// devices concerned and taken off. Used once.
final class Counting {
  private static final int SOME = 500;

  /// Silent devices: of all days but one the index tells it, without a look at the device.
  private static final String SILENT =
      "d.contact_day <= :day and d.standing = 'active' and d.supported = 1 and (d.contact_day <"
          + " :day or d.last_contact < :silent)";

  /// Word for word as the index has it.
  static final String HAVING = "s.state in ('present', 'removing', 'failed')";

  private final Handle handle;
  private final String rule;
  private final Horizon horizon;
  private final Scope scope;
  private final Map<String, Object> binds;
  private final Map<Cell, Tally> cells = new HashMap<>();
  private long told;
  private long hiddenBySilence;
  private long hiddenByExemption;

  /// The finest part of the fleet that is counted.
  record Cell(String os, String department) {}

  /// A row of any of the counting queries.
  private record Row(Cell cell, @Nullable String state, long n) {}

  /// The counts of one cell while they come together.
  private static final class Tally {
    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private long supported;

    void add(Status status, long n) {
      counts.merge(status, n, Long::sum);
    }

    /// What no other status claims is unknown: devices that never reported, or not on this rule.
    Counts counts() {
      var claimed =
          counts.entrySet().stream()
              .filter(entry ->
                  entry.getKey() != Status.UNSUPPORTED && entry.getKey() != Status.NOT_ENROLLED)
              .mapToLong(Map.Entry::getValue)
              .sum();
      var all = new EnumMap<Status, Long>(Status.class);
      all.putAll(counts);
      all.put(Status.UNKNOWN, supported - claimed);
      return new Counts(all);
    }
  }

  /// @param scope what is counted; the rest of the fleet leaves no trace in any figure
  Counting(Handle handle, String rule, Horizon horizon, Scope scope) {
    this.scope = scope;
    this.handle = handle;
    this.rule = rule;
    this.horizon = horizon;
    this.binds = new HashMap<>(horizon.binds(handle));
    binds.put("rule", rule);
  }

  /// The counts of each part of the fleet, by operating system and department.
  Map<Cell, Counts> cells() {
    count();
    var counts = new HashMap<Cell, Counts>();
    cells.forEach((cell, tally) -> counts.put(cell, tally.counts()));
    return counts;
  }

  private void count() {
    fleet();
    absent();
    reported();
    silent();
    exempt();
    unexpected();
  }

  /// The devices of each part of the fleet, whatever they count as.
  Map<Cell, Long> sizes() {
    fleet();
    absent();
    var sizes = new HashMap<Cell, Long>();
    cells.forEach((cell, tally) -> sizes.put(cell, tally.counts().total()));
    return sizes;
  }

  /// The same, and what a page shows of it.
  Figures figures() {
    var counts = cells();
    var supported = cells.values().stream().mapToLong(tally -> tally.supported).sum();
    return new Figures(overview(), counts, supported - told);
  }

  private Overview overview() {
    return new Overview(
        rule,
        horizon.now(),
        lastReport(),
        cells.values().stream().map(Tally::counts).reduce(Counts.NONE, Counts::plus),
        hiddenBySilence,
        hiddenByExemption,
        onNoList(),
        groups(Cell::department),
        groups(Cell::os),
        sources());
  }

  private void fleet() {
    var rows =
        rows(
            "select os, department, case when supported = 1 then 'y' else 'n' end as state, sum(n)"
                + " as n from fleet_rollup group by os, department, supported having sum(n) <> 0");
    for (var row : rows) {
      var tally = cells.computeIfAbsent(row.cell(), _ -> new Tally());
      if ("y".equals(row.state())) {
        tally.supported = row.n();
      } else {
        tally.add(Status.UNSUPPORTED, row.n());
      }
    }
  }

  private void absent() {
    var rows =
        rows(
            "select os, department, null as state, count(*) as n from expected_device where"
                + " device_id is null and retired_at is null and in_use = 1 group by os,"
                + " department");
    for (var row : rows) {
      cells.computeIfAbsent(row.cell(), _ -> new Tally()).add(Status.NOT_ENROLLED, row.n());
    }
  }

  private void reported() {
    var rows =
        rows(
            "select os, department, state, sum(n) as n from rule_rollup where rule_id = :rule group"
                + " by os, department, state having sum(n) <> 0");
    for (var row : rows) {
      told += row.n();
      take(row, 1);
    }
  }

  private void silent() {
    var rows =
        rows(
            "select d.os, d.department, s.state, count(*) as n from device d left join rule_state s"
                + " on s.device_id = d.device_id and s.rule_id = :rule where "
                + SILENT
                + " group by d.os, d.department, s.state");
    for (var row : rows) {
      cells.computeIfAbsent(row.cell(), _ -> new Tally()).add(Status.SILENT, row.n());
      hiddenBySilence += take(row, -1);
    }
  }

  private void exempt() {
    var rows =
        rows(
            "select d.os, d.department, s.state, count(*) as n from rule_state s join device d on"
                + " d.device_id = s.device_id where s.rule_id = :rule and s.exempt_until > :now"
                + " and d.supported = 1 and d.last_contact >= :silent and d.standing = 'active'"
                + " group by d.os, d.department, s.state");
    for (var row : rows) {
      cells.computeIfAbsent(row.cell(), _ -> new Tally()).add(Status.EXEMPT, row.n());
      hiddenByExemption += take(row, -1);
    }
  }

  private void unexpected() {
    var rows =
        rows(
            "select d.os, d.department, s.state, count(*) as n from device d left join rule_state s"
                + " on s.device_id = d.device_id and s.rule_id = :rule where :listed = 1 and"
                + " d.entry_id is null and d.standing = 'active' and d.supported = 1 and"
                + " d.last_contact >= :silent and (s.exempt_until is null or s.exempt_until <="
                + " :now) and (s.state is null or s.state not in ('present', 'removing',"
                + " 'failed')) group by d.os, d.department, s.state");
    for (var row : rows) {
      cells.computeIfAbsent(row.cell(), _ -> new Tally()).add(Status.UNEXPECTED, row.n());
      take(row, -1);
    }
  }

  /// All of the fleet's devices that are on no list, whatever they count as.
  private long onNoList() {
    return handle
        .createQuery(
            "select department, count(*) as n from device where :listed = 1 and entry_id is null"
                + " and standing = 'active' group by department")
        .bindMap(binds)
        .map((row, _) -> scope.includes(row.getString("department")) ? row.getLong("n") : 0)
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /// Adds or takes off the devices of a row; returns how many of them have the software. Unknown is
  /// never counted here: it is what remains.
  private long take(Row row, int sign) {
    var state = state(row.state());
    if (state == null || state == RuleState.UNKNOWN) {
      return 0;
    }
    cells.computeIfAbsent(row.cell(), _ -> new Tally()).add(Status.of(state), sign * row.n());
    return state.hasIt() ? row.n() : 0;
  }

  private List<Row> rows(String sql) {
    return handle
        .createQuery(sql)
        .bindMap(binds)
        .map((row, _) ->
            new Row(
                new Cell(row.getString("os"), row.getString("department")),
                row.getString("state"),
                row.getLong("n")))
        .filter(row -> scope.includes(row.cell().department()))
        .list();
  }

  private List<Overview.Group> groups(Function<Cell, String> name) {
    var groups = new HashMap<String, Counts>();
    cells.forEach((cell, tally) -> groups.merge(name.apply(cell), tally.counts(), Counts::plus));
    var result = new ArrayList<Overview.Group>();
    groups.forEach((group, counts) -> {
      if (counts.total() > 0) {
        result.add(new Overview.Group(group, counts));
      }
    });
    result.sort(
        Comparator.comparingLong((Overview.Group group) -> -group.counts().hasIt())
            .thenComparing(Overview.Group::name));
    return result;
  }

  /// Who has it by which source: all who told so, without those whom another status hides. The
  /// hidden are few, and so is what is read of them.
  private List<Overview.Source> sources() {
    var counts = new HashMap<String, Long>();
    sources(
        counts,
        1,
        scope.isWhole()
            ? "finding f where"
            : "finding f join device d on d.device_id = f.device_id where");
    // A cross join is read in the order in which it is written: the few hidden devices first.
    var hidden = "device d cross join finding f where f.device_id = d.device_id and ";
    sources(counts, -1, hidden + "d.standing <> 'active' and");
    sources(counts, -1, hidden + "d.standing = 'active' and d.supported = 0 and");
    sources(
        counts,
        -1,
        "device d cross join rule_state s cross join finding f where s.device_id = d.device_id and"
            + " f.device_id = d.device_id and s.rule_id = :rule and "
            + HAVING
            + " and "
            + SILENT
            + " and");
    sources(
        counts,
        -1,
        "rule_state s cross join device d cross join finding f where d.device_id = s.device_id and"
            + " f.device_id = s.device_id and s.rule_id = :rule and s.exempt_until > :now and "
            + HAVING
            + " and d.standing = 'active' and d.supported = 1 and d.last_contact >= :silent and");
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> new Overview.Source(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong((Overview.Source source) -> -source.devices())
                .thenComparing(Overview.Source::name))
        .toList();
  }

  /// A finding that is no residue is of a device that has it.
  private void sources(Map<String, Long> counts, int sign, String which) {
    // The whole fleet's are counted without a look at the device of each finding.
    var department = scope.isWhole() ? "''" : "d.department";
    handle
        .createQuery(
            "select source, department, count(*) as n from (select distinct f.source, f.device_id, "
                + department
                + " as department from "
                + which
                + " f.rule_id = :rule and f.strength <> 'residue') seen group by source,"
                + " department")
        .bindMap(binds)
        .map((row, _) -> {
          var n = scope.includes(row.getString("department")) ? row.getLong("n") : 0;
          return counts.merge(row.getString("source"), sign * n, Long::sum);
        })
        .list();
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
        .map((row, _) -> java.util.Optional.of(row.getLong("at")).filter(at -> at > 0))
        .one()
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  static @Nullable RuleState state(@Nullable String word) {
    return word == null
        ? null
        : RuleState.valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }
}
