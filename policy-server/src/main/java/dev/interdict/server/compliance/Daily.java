package dev.interdict.server.compliance;

import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The history by days: how many devices of each department, operating system and ring counted as
/// what under each rule, as [DailyRun] took it. A day on which no server ran has no figures.
/// Thread-safe; never writes.
public final class Daily {
  private final Database database;
  private final InstantSource clock;
  private final ZoneId zone;

  /// @param zone in which a day begins
  public Daily(Database database, InstantSource clock, ZoneId zone) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
  }

  /// The counts of one day.
  ///
  /// @param counts empty where the day was not taken
  public record Day(LocalDate day, Optional<Counts> counts) {
    private Day unlessSmall() {
      return new Day(day, counts.filter(each -> each.total() >= Overview.Group.SMALLEST));
    }
  }

  /// The zone in which a day begins.
  public ZoneId zone() {
    return zone;
  }

  /// The day that it is.
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /// The figures of `rule` from the day `from` up to and with `to`, a gap being a day without any.
  ///
  /// @param department only of this one; null for all
  /// @param os only of this one; null for all
  public List<Day> days(
      String rule, LocalDate from, LocalDate to, @Nullable String department, @Nullable String os) {
    return read(Scope.WHOLE, rule, from, to, department, os);
  }

  /// The same as somebody sees it who sees that much: a group that is small on a day
  /// ([Overview.Group#SMALLEST]) has no figures of that day.
  public List<Day> days(
      Scope scope,
      String rule,
      LocalDate from,
      LocalDate to,
      @Nullable String department,
      @Nullable String os) {
    var days = read(scope, rule, from, to, department, os);
    return department == null && os == null ? days : days.stream().map(Day::unlessSmall).toList();
  }

  private List<Day> read(
      Scope scope,
      String rule,
      LocalDate from,
      LocalDate to,
      @Nullable String department,
      @Nullable String os) {
    var total = scope.isWhole() && department == null && os == null;
    return database.read(handle -> {
      var taken = new TreeMap<Long, Map<Status, Long>>();
      handle
          .createQuery("select day from daily_run where day >= :from and day <= :to")
          .bind("from", from.toEpochDay())
          .bind("to", to.toEpochDay())
          .mapTo(Long.class)
          .forEach(day -> taken.put(day, new EnumMap<>(Status.class)));
      handle
          .createQuery(
              (total
                      ? "select day, state, '' as department, n from daily_total"
                      : "select day, state, department, n from daily")
                  + " where rule_id = :rule and day >= :from and day <= :to"
                  + (department == null ? "" : " and department = :department")
                  + (os == null ? "" : " and os = :os"))
          .bind("rule", rule)
          .bind("from", from.toEpochDay())
          .bind("to", to.toEpochDay())
          .bind("department", department)
          .bind("os", os)
          .map((row, _) ->
              taken
                  .computeIfAbsent(row.getLong("day"), _ -> new EnumMap<>(Status.class))
                  .merge(
                      Status.ofWord(row.getString("state")),
                      scope.includes(row.getString("department")) ? row.getLong("n") : 0,
                      Long::sum))
          .list();
      return from.datesUntil(to.plusDays(1))
          .map(day ->
              new Day(day, Optional.ofNullable(taken.get(day.toEpochDay())).map(Counts::new)))
          .toList();
    });
  }

  /// The departments at an instant at which figures were taken, by name and as people are shown
  /// them: small ones together.
  public List<Overview.Group> departments(String rule, Instant taken) {
    var counts = new TreeMap<String, Map<Status, Long>>();
    database.read(handle ->
        handle
            .createQuery(
                "select t.department, t.state, t.n from daily_run r join daily t on t.day = r.day"
                    + " where t.rule_id = :rule and r.taken_at = :taken")
            .bind("rule", rule)
            .bind("taken", taken.toEpochMilli())
            .map((row, _) ->
                counts
                    .computeIfAbsent(row.getString("department"), _ -> new EnumMap<>(Status.class))
                    .merge(Status.ofWord(row.getString("state")), row.getLong("n"), Long::sum))
            .list());
    var groups = new ArrayList<Overview.Group>();
    counts.forEach((name, of) -> groups.add(new Overview.Group(name, new Counts(of))));
    return Overview.Group.together(groups);
  }

  /// The days before `until` as samples, for a chart that goes further back than hours do. A day on
  /// which a part had few devices is left out, and of a ring those that were taken before rings
  /// were told apart.
  static List<Sample> samples(
      Handle handle, Scope scope, Part part, String rule, Instant from, Instant until) {
    var whole = scope.isWhole() && part.isWhole();
    var binds = new HashMap<String, Object>();
    var where =
        new Where().add("t.rule_id = :rule and r.taken_at >= :from and r.taken_at < :until");
    if (!whole) {
      where
          .terms("t.department", "department", part.departments())
          .terms("t.os", "os", part.os())
          .terms("t.ring", "ring", part.rings())
          .add("1 = 1" + ScopeCondition.of(scope, "t.department", binds));
    }
    return handle
        .createQuery(
            "select r.taken_at, sum(case when t.state in ("
                + Courses.HAVING
                + ") then t.n else 0 end) as having_it from daily_run r join "
                + (whole ? "daily_total" : table(part))
                + " t on t.day = r.day"
                + where.text()
                + " group by r.taken_at having sum(t.n) >= :least order by r.taken_at")
        .bindMap(where.binds())
        .bindMap(binds)
        .bind("rule", rule)
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        // As in any figure of a day: what few devices count as says too much of each.
        .bind("least", part.isWhole() ? 0 : Overview.Group.SMALLEST)
        .map((row, _) ->
            new Sample(Instant.ofEpochMilli(row.getLong("taken_at")), row.getLong("having_it")))
        .list();
  }

  /// Where the figures of a part are: those that tell rings apart are more, and younger.
  static String table(Part part) {
    return part.rings().isAll() ? "daily" : "daily_ring";
  }
}
