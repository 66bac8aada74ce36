package dev.interdict.server.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// One text that a draft had.
///
/// @param sha256 of its UTF-8 bytes, in lower-case hex: what a reviewer agrees to
public record Revision(long number, String sha256, String content, Instant at, String author) {
  static Revision read(ResultSet row) throws SQLException {
    return new Revision(
        row.getLong("revision"),
        row.getString("sha256"),
        row.getString("content"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("author"));
  }
}
