package dev.interdict.server.breaker;

import dev.interdict.policy.RuleId;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The breaker held a rule.
///
/// @param words with the counts by which it did
/// @param resumedAt null while it is held
/// @param resumedBy who let go of it
public record Trip(
    RuleId rule,
    Instant at,
    Cause cause,
    String words,
    @Nullable Instant resumedAt,
    @Nullable String resumedBy) {

  public boolean isOpen() {
    return resumedAt == null;
  }

  static Trip read(ResultSet row) throws SQLException {
    var resumed = Sql.nullableLong(row, "resumed_at");
    return new Trip(
        new RuleId(row.getString("rule_id")),
        Instant.ofEpochMilli(row.getLong("tripped_at")),
        Cause.read(row.getString("cause")),
        row.getString("words"),
        resumed == null ? null : Instant.ofEpochMilli(resumed),
        row.getString("resumed_by"));
  }
}
