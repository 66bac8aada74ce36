package dev.interdict.server.publish;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Somebody changed what is held.
///
/// @param number rises by one with each
/// @param before what was held, as [Brake#json] writes it, in canonical form
/// @param after what was held from then on, in the same form
public record StopChange(long number, Instant at, String actor, String before, String after) {
  static StopChange read(ResultSet row) throws SQLException {
    return new StopChange(
        row.getLong("change_id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("held_before"),
        row.getString("held_after"));
  }
}
