package dev.interdict.server.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The database failed; the transaction it was thrown for left no trace.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StoreException of(SQLException cause) {
    return new StoreException("the database failed: " + cause.getMessage(), cause);
  }
}
