package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer. Its thread takes all that waits, runs each within a savepoint of one
/// transaction, commits once, and only then answers: with a slow disk this is a hundred times
/// faster than a commit for each, and no answer is given before it is durable.
///
/// A platform thread, because the database driver's native calls would hold a virtual thread's
/// carrier. Thread-safe.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int WAITING = 4_000;
  private static final int BATCH = 1_000;
  private static final long IDLE_MILLIS = 200;

  private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(WAITING);
  private final Connection connection;
  private final Thread thread;
  private volatile boolean closing;

  GroupCommit(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(true);
    thread = Thread.ofPlatform().name("store-writer").daemon(false).start(this::loop);
  }

  /// One transaction on its way, and its answer.
  private static final class Pending<T extends @Nullable Object> {
    private final Transaction<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Runnable success;

    Pending(Transaction<T> work) {
      this.work = work;
    }

    /// Runs the work; its answer waits for the commit.
    void run(Connection connection) throws SQLException {
      var value = work.run(connection);
      success = () -> answer.complete(value);
    }

    void committed() {
      if (success != null) {
        success.run();
      }
    }

    void failed(Throwable cause) {
      answer.completeExceptionally(cause);
    }
  }

  <T extends @Nullable Object> T run(Transaction<T> work) {
    var pending = new Pending<T>(work);
    if (closing || !queue.offer(pending)) {
      throw new BusyException(
          closing ? "the store is closing" : WAITING + " transactions are waiting already");
    }
    if (closing && queue.remove(pending)) {
      throw new BusyException("the store is closing");
    }
    try {
      return pending.answer.join();
    } catch (CompletionException e) {
      throw switch (e.getCause()) {
        case SQLException cause -> StoreException.of(cause);
        case StoreException cause -> cause;
        case RuntimeException cause -> cause;
        case null -> new StoreException("a transaction failed", e);
        default -> new StoreException("a transaction failed", e.getCause());
      };
    }
  }

  /// Whether so much waits that what comes now would most likely be turned away.
  boolean crowded() {
    return closing || queue.size() > WAITING - WAITING / 8;
  }

  private void loop() {
    try {
      drain();
    } finally {
      closing = true;
      queue.forEach(pending -> pending.failed(new BusyException("the store is closed")));
    }
  }

  private void drain() {
    List<Pending<?>> batch = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          commit(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        closing = true;
      }
    }
  }

  private void commit(List<Pending<?>> batch) {
    var done = new ArrayList<Pending<?>>();
    try {
      // Begins the transaction, with the write lock. The driver's commit() would begin the next one
      // at once and keep every other process out while nothing is written.
      connection.setAutoCommit(false);
      for (var pending : batch) {
        var savepoint = connection.setSavepoint();
        try {
          pending.run(connection);
          connection.releaseSavepoint(savepoint);
          done.add(pending);
        } catch (SQLException | RuntimeException e) {
          connection.rollback(savepoint);
          connection.releaseSavepoint(savepoint);
          pending.failed(e);
        }
      }
      connection.setAutoCommit(true);
      done.forEach(Pending::committed);
    } catch (SQLException | RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("transactions", batch.size()).log("commit failed");
      batch.forEach(pending -> pending.failed(e));
      rollback();
    }
  }

  private void rollback() {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.atError().setCause(e).log("rollback failed");
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("database connection did not close cleanly");
    }
  }
}
