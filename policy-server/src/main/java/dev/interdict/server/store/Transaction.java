package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Work done in one transaction. It may run again after a failure, so it changes nothing but the
/// database; it neither commits nor rolls back, and throws to have all of its changes undone.
@FunctionalInterface
public interface Transaction<T extends @Nullable Object> {
  T run(Connection connection) throws SQLException;
}
