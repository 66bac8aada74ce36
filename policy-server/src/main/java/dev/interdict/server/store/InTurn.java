package dev.interdict.server.store;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/// Has every migration wait for its turn among the writers, in its own transaction: what a server
/// that still runs beside this one commits is there before the migration reads, or comes after it.
record InTurn(Engine engine) implements Callback {
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      engine.awaitTurn(context.getConnection());
    } catch (SQLException e) {
      throw new FlywayException("no turn to write: " + e.getMessage(), e);
    }
  }

  @Override
  public String getCallbackName() {
    return "in-turn";
  }
}
