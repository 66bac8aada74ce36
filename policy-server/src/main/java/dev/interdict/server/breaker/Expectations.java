package dev.interdict.server.breaker;

import dev.interdict.policy.RuleId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/// On how many workstations each published rule was expected to match.
public final class Expectations {
  private Expectations() {}

  /// Writes down what the reviewers of a rule were told.
  public static void put(
      Connection connection, RuleId rule, long devices, long preview, long serial, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "insert into breaker_expectation (rule_id, devices, preview_id, serial, at) values"
            + " (?,?,?,?,?) on conflict (rule_id) do update set devices = excluded.devices,"
            + " preview_id = excluded.preview_id, serial = excluded.serial, at = excluded.at",
        rule.value(),
        devices,
        preview,
        serial,
        now.toEpochMilli());
  }
}
