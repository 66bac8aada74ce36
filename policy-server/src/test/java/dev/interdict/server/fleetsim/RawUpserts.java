package dev.interdict.server.fleetsim;

import dev.interdict.server.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// How fast the rows of a report can be stored by the database alone: prepared once, in batches, no
/// parsing, no signature, no request. The limit that intake is measured by.
final class RawUpserts {
  private static final int REPORTS = 1_000;
  private static final String BODY = "x".repeat(1_400);

  private RawUpserts() {}

  /// Reports a second.
  ///
  /// @param rules that a report tells of
  static double measure(Database database, int rules, Duration time) {
    var start = System.nanoTime();
    var reports = 0L;
    while (System.nanoTime() - start < time.toNanos()) {
      var from = reports;
      reports += database.write(connection -> batch(connection, from, rules));
    }
    return reports / ((System.nanoTime() - start) / 1e9);
  }

  private static int batch(Connection connection, long from, int rules) throws SQLException {
    try (var report =
            new Rows(connection, "report", "device_id,sequence,received_at,hash,body", "");
        var state =
            new Rows(
                connection,
                "rule_state",
                "device_id,rule_id,state,presence,since,findings_hash",
                " on conflict (device_id, rule_id) do update set state = excluded.state, presence ="
                    + " excluded.presence, since = excluded.since, findings_hash ="
                    + " excluded.findings_hash")) {
      for (var n = from; n < from + REPORTS; n++) {
        var id = "%016x%016x".formatted(new Draw(n % 100_000).bits(n % 100_000, 1), n % 100_000);
        report.add(id, n, n, id + id, BODY);
        for (var rule = 0; rule < rules; rule++) {
          state.add(id, "rule-" + rule, n % 2 == 0 ? "clear" : "present", null, n, id + id);
        }
      }
    }
    return REPORTS;
  }
}
