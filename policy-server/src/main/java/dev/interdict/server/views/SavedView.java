package dev.interdict.server.views;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// A page of the console under a name.
///
/// @param owner the account that saved it
/// @param address path and query, as a browser asks the console for them
/// @param shared whether everybody finds it, or its owner alone
public record SavedView(
    String id, String owner, String name, String address, boolean shared, Instant created) {
  static SavedView read(ResultSet row) throws SQLException {
    return new SavedView(
        row.getString("view_id"),
        row.getString("owner"),
        row.getString("name"),
        row.getString("address"),
        row.getInt("shared") == 1,
        Instant.ofEpochMilli(row.getLong("created_at")));
  }
}
