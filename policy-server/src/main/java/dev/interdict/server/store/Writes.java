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
  private final SequencedMap<String, List<@Nullable Object[]>> waiting = new LinkedHashMap<>();

  /// Adds one, with parameters as [Sql] takes them.
  public void add(String sql, @Nullable Object... parameters) {
    waiting.computeIfAbsent(sql, _ -> new ArrayList<>()).add(parameters);
  }

  /// Runs what was added since the last time.
  public void run(Connection connection) throws SQLException {
    for (var text : waiting.entrySet()) {
      Sql.updateAll(connection, text.getKey(), text.getValue());
    }
    waiting.clear();
  }
}
