package dev.interdict.server.fleet;

import org.jspecify.annotations.Nullable;

/// A row that is not what the stored reports make of it.
///
/// @param key the values of its key, joined with slashes
/// @param column that differs; null where the whole row is missing or has no report behind it
/// @param stored what stands there; null for nothing
/// @param expected what should
public record Difference(
    String table,
    String key,
    @Nullable String column,
    @Nullable String stored,
    @Nullable String expected) {
  /// For people, in one line.
  @Override
  public String toString() {
    return table
        + " "
        + key
        + (column == null ? "" : " " + column)
        + ": stored "
        + said(stored)
        + ", by the reports "
        + said(expected);
  }

  private static String said(@Nullable String value) {
    return value == null
        ? "nothing"
        : value.length() <= 200 ? value : value.substring(0, 200) + "…";
  }
}
