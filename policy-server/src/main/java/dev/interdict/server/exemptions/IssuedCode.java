package dev.interdict.server.exemptions;

import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A one-time code that was read out.
///
/// @param name as the device and its employee call it, such as `C-7KQ2M9`
/// @param number of the case that it carries
/// @param used when the device says that it was typed, by its own clock; null where it has not said
///   so
public record IssuedCode(
    String device,
    String name,
    long number,
    Instant until,
    Instant issued,
    String by,
    @Nullable Instant used) {

  static IssuedCode read(ResultSet row) throws SQLException {
    var used = Sql.nullableLong(row, "used_at");
    return new IssuedCode(
        row.getString("device_id"),
        row.getString("answer_id"),
        row.getLong("case_number"),
        Instant.ofEpochMilli(row.getLong("until_at")),
        Instant.ofEpochMilli(row.getLong("issued_at")),
        row.getString("issued_by"),
        used == null ? null : Instant.ofEpochMilli(used));
  }
}
