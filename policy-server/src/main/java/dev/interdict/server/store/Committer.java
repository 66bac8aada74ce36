package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a batch in one transaction and commits once. Where one fails all is undone, and done again
/// with each item within a savepoint of its own, so that it fails alone.
///
/// A connection that is lost is opened again and what was under way is done again, as long as the
/// commit was not asked for: after that nobody knows whether it happened, and this is said.
///
/// Not thread-safe: the writer's thread's alone, until that has ended.
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  /// How often a batch is tried; with the pauses between, longer than a database needs to start.
  private static final int ATTEMPTS = 6;

  private static final long PAUSE_MILLIS = 100;

  private final Engine engine;
  private @Nullable Connection connection;

  /// Whether the last batch failed for want of a database: the next are not kept waiting.
  private boolean gone;

  Committer(Engine engine) throws SQLException {
    this.engine = engine;
    connection = open();
  }

  private Connection open() throws SQLException {
    var open = KeepsStatements.on(engine.writer());
    open.setAutoCommit(true);
    return open;
  }

  /// Does all of these, and answers each.
  void commit(List<Lane.Pending<?, ?>> batch) {
    if (!commit(batch, batch.size() == 1 ? this::each : this::together)) {
      for (var from = 0; from < batch.size(); from += engine.savepoints()) {
        var to = Math.min(batch.size(), from + engine.savepoints());
        var _ = commit(batch.subList(from, to), this::each);
      }
    }
  }

  /// What is done within one transaction.
  private interface Content {
    void run(Connection open, List<Lane.Pending<?, ?>> batch) throws SQLException;
  }

  /// Returns false if one failed for a reason of its own, and nothing is done for any.
  private boolean commit(List<Lane.Pending<?, ?>> batch, Content content) {
    for (var attempt = 1; ; attempt++) {
      try {
        commitOnce(batch.stream().filter(Lane.Pending::isOpen).toList(), content);
        gone = false;
        return true;
      } catch (UnknownOutcomeException e) {
        fail(batch, e);
        return true;
      } catch (TogetherException e) {
        undo(Engine.Failure.ITS_OWN);
        return false;
      } catch (SQLException | RuntimeException e) {
        var failure = failure(e);
        undo(failure);
        if (failure == Engine.Failure.ITS_OWN || attempt == ATTEMPTS || gone) {
          gone = failure == Engine.Failure.LOST;
          fail(batch, gone ? new BusyException("the database cannot be reached") : e);
          return true;
        }
        LOG.atWarn()
            .addKeyValue("attempt", attempt)
            .addKeyValue("reason", e.getMessage())
            .log("the database undid a batch, it is done again");
        pause(PAUSE_MILLIS << attempt);
      }
    }
  }

  private void commitOnce(List<Lane.Pending<?, ?>> batch, Content content) throws SQLException {
    var open = connection;
    if (open == null) {
      open = open();
      connection = open;
    }
    // The driver's commit() would begin the next transaction at once and keep every other process
    // out while nothing is written.
    engine.begin(open);
    content.run(open, batch);
    try {
      open.setAutoCommit(true);
    } catch (SQLException e) {
      if (engine.failure(e) == Engine.Failure.LOST) {
        throw new UnknownOutcomeException(e);
      }
      throw e;
    }
    batch.stream().filter(Lane.Pending::isOpen).forEach(Lane.Pending::committed);
  }

  /// One of many failed for a reason of its own.
  private static final class TogetherException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TogetherException(Throwable cause) {
      super(cause);
    }
  }

  private void together(Connection open, List<Lane.Pending<?, ?>> batch) throws SQLException {
    try {
      Lane.run(open, batch);
      // An error too is its own: thrown on, it would end the one thread that writes.
    } catch (SQLException | RuntimeException | Error e) {
      if (failure(e) == Engine.Failure.ITS_OWN) {
        throw new TogetherException(e);
      }
      throw e;
    }
  }

  private void each(Connection open, List<Lane.Pending<?, ?>> batch) throws SQLException {
    for (var pending : batch) {
      var savepoint = open.setSavepoint();
      try {
        Lane.run(open, List.of(pending));
        open.releaseSavepoint(savepoint);
      } catch (SQLException | RuntimeException | Error e) {
        if (failure(e) != Engine.Failure.ITS_OWN) {
          throw e;
        }
        open.rollback(savepoint);
        open.releaseSavepoint(savepoint);
        pending.failed(e);
      }
    }
  }

  private Engine.Failure failure(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException known) {
        return engine.failure(known);
      }
    }
    return Engine.Failure.ITS_OWN;
  }

  private static void fail(List<Lane.Pending<?, ?>> batch, Exception e) {
    LOG.atError().setCause(e).addKeyValue("transactions", batch.size()).log("commit failed");
    batch.forEach(pending -> pending.failed(e));
  }

  /// Leaves a connection on which nothing is under way, or none.
  private void undo(Engine.Failure failure) {
    var open = connection;
    if (open == null) {
      return;
    }
    try {
      if (failure != Engine.Failure.LOST) {
        open.rollback();
        open.setAutoCommit(true);
        return;
      }
    } catch (SQLException e) {
      LOG.atError().setCause(e).log("rollback failed");
    }
    closeQuietly(open);
    connection = null;
  }

  private static void closeQuietly(Connection open) {
    try {
      open.close();
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("a lost connection did not close");
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("database connection did not close cleanly");
    }
  }
}
