package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work that is done on many items at once where many wait, so that a hundred of them need hardly
/// more statements than one. It may run again after a failure, also on one item alone, so it
/// changes nothing but the database; it neither commits nor rolls back.
@FunctionalInterface
public interface Together<I, O extends @Nullable Object> {
  /// What came of each item, in their order. Thrown on, nothing is done for any of them; each is
  /// then tried alone.
  List<O> run(Connection connection, List<I> items) throws SQLException;
}
