package dev.interdict.server.api;

import dev.interdict.json.Json;
import java.util.List;
import java.util.function.Function;

/// A list within an answer, which has no pages of its own: its first rows, and under a name of its
/// own how many were left out, so that nobody takes a part for the whole.
///
/// @param name of the member that holds the rows
/// @param most rows that are told
record Excerpt(String name, Schema each, int most) {
  private static final String LEFT_OUT = "-left-out";

  /// The member that holds the rows.
  Schema.Member rows() {
    return Schema.needs(name, Schema.list(each, most));
  }

  /// The member that says how many are left out; absent where none are.
  Schema.Member leftOut() {
    return Schema.may(name + LEFT_OUT, new Schema.Whole(1, Long.MAX_VALUE));
  }

  /// Tells the first of all rows.
  <T> Json.Builder put(Json.Builder json, List<T> all, Function<T, Json> row) {
    return put(json, all, all.size(), row);
  }

  /// Tells the last of all rows, where the newest come last.
  <T> Json.Builder putLast(Json.Builder json, List<T> all, Function<T, Json> row) {
    return put(json, all.subList(Math.max(0, all.size() - most), all.size()), all.size(), row);
  }

  /// Tells the first of more rows than were read.
  ///
  /// @param first at least as many as are told, if there are
  /// @param total how many there are
  <T> Json.Builder put(Json.Builder json, List<T> first, long total, Function<T, Json> row) {
    var told = first.stream().limit(most).map(row).toList();
    var leftOut = total - told.size();
    return json.put(name, told).put(name + LEFT_OUT, leftOut > 0 ? new Json.Int(leftOut) : null);
  }
}
