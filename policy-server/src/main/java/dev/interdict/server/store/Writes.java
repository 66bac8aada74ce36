package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Statements that are to change rows, put together before they run, so that all of one text go to
/// the database at once. Texts run in the order in which each was first added, and those of one
/// text in theirs; whoever adds statements on the same row adds their texts in the same order each
/// time, and no row twice by one text. Used within one transaction.
public final class Writes {
  private final SequencedMap<String, Text> waiting = new LinkedHashMap<>();

  private record Text(String sql, List<@Nullable Object[]> parameters) {}

  /// Adds one, with parameters as [Sql] takes them.
  public void add(String sql, @Nullable Object... parameters) {
    waiting
        .computeIfAbsent(sql, text -> new Text(text, new ArrayList<>()))
        .parameters()
        .add(parameters);
  }

  /// Runs what was added since the last time.
  public void run(Connection connection) throws SQLException {
    for (var text : waiting.values()) {
      Sql.updateAll(connection, text.sql(), text.parameters());
    }
    waiting.clear();
  }
}
