package dev.interdict.server.fleet;

import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The change that devices make to the counts, put together before it is written, so that what
/// stays the same costs nothing. What is counted, and by what, is said here alone; [Recount] says
/// what of. Used within one transaction.
final class Rollup {
  /// A table of counts: its key, and whatever is counted of a device.
  record Table(String name, List<String> key) {
    private String insert() {
      var columns = String.join(", ", key);
      return "insert into %s (%s, n) values (%s?) on conflict (%s) do update set n = %s.n + excluded.n"
          .formatted(name, columns, "?,".repeat(key.size()), columns, name);
    }
  }

  static final Table FLEET =
      new Table("fleet_rollup", List.of("os", "department", "shade", "listed"));
  static final Table RULE =
      new Table(
          "rule_rollup",
          List.of("rule_id", "source", "shade", "listed", "state", "os", "department"));

  /// The same two by version of the agent and by ring, without sources: a table of its own, so that
  /// whoever asks for neither reads no more rows than before.
  static final Table FINE =
      new Table(
          "fine_rollup",
          List.of("rule_id", "version", "ring", "shade", "listed", "state", "os", "department"));

  static final List<Table> TABLES = List.of(FLEET, RULE, FINE);

  /// Stands for the rule where devices are counted, whatever they told.
  private static final String NO_RULE = "";

  /// Stands for the source where devices are counted, whatever they have it by.
  static final String ANY = "";

  private static final String ADD_FLEET = FLEET.insert();
  private static final String ADD_RULE = RULE.insert();
  private static final String ADD_FINE = FINE.insert();

  private final Map<Place, Long> fleet = new HashMap<>();
  private final Map<RuleKey, Long> rules = new HashMap<>();
  private final Map<FineKey, Long> fine = new HashMap<>();

  /// Where a device is counted.
  record Place(String os, String department, String shade, boolean listed) {}

  /// What only the finer counts tell apart.
  ///
  /// @param version of its agent; empty before its first report
  record Fine(String version, String ring) {}

  private record RuleKey(
      String rule,
      String source,
      String shade,
      boolean listed,
      String state,
      String os,
      String department) {}

  private record FineKey(String rule, Fine fine, String state, Place place) {}

  /// Counts the device itself.
  void device(Place place, Fine of, long change) {
    fleet.merge(place, change, Long::sum);
    fine.merge(new FineKey(NO_RULE, of, "", place), change, Long::sum);
  }

  /// Counts a rule on a device.
  void rule(String rule, RuleRow row, Fine of, long change) {
    var at = row.owner();
    var place = new Place(at.os(), at.department(), row.shade(), at.listed());
    fine.merge(new FineKey(rule, of, row.state(), place), change, Long::sum);
    rule(rule, ANY, row, change);
    for (var source : row.sourceList()) {
      rule(rule, source, row, change);
    }
  }

  private void rule(String rule, String source, RuleRow row, long change) {
    var owner = row.owner();
    var key =
        new RuleKey(
            rule, source, row.shade(), owner.listed(), row.state(), owner.os(), owner.department());
    rules.merge(key, change, Long::sum);
  }

  void write(Connection connection) throws SQLException {
    var writes = new Writes();
    write(writes);
    writes.run(connection);
  }

  /// Adds what there is to `writes`, and begins anew.
  void write(Writes writes) {
    fleet.forEach((key, n) -> {
      if (n != 0) {
        writes.add(ADD_FLEET, key.os(), key.department(), key.shade(), number(key.listed()), n);
      }
    });
    rules.forEach((key, n) -> {
      if (n != 0) {
        writes.add(
            ADD_RULE,
            key.rule(),
            key.source(),
            key.shade(),
            number(key.listed()),
            key.state(),
            key.os(),
            key.department(),
            n);
      }
    });
    fine.forEach((key, n) -> {
      if (n != 0) {
        var place = key.place();
        writes.add(
            ADD_FINE,
            key.rule(),
            key.fine().version(),
            key.fine().ring(),
            place.shade(),
            number(place.listed()),
            key.state(),
            place.os(),
            place.department(),
            n);
      }
    });
    fine.clear();
    fleet.clear();
    rules.clear();
  }

  /// Forgets what counts nothing any more.
  static int prune(Connection connection) throws SQLException {
    var gone = 0;
    for (var table : TABLES) {
      gone += Sql.update(connection, "delete from " + table.name() + " where n = 0");
    }
    return gone;
  }

  private static @Nullable Object number(boolean yes) {
    return yes ? 1 : 0;
  }
}
