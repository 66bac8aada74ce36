package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer. Its thread takes all that waits, runs it in one transaction, commits once, and
/// only then answers: with a slow disk this is a hundred times faster than a commit for each, and
/// no answer is given before it is durable. Where one fails all is undone, and done again with each
/// item within a savepoint of its own, so that it fails alone.
///
/// A connection that is lost is opened again and what was under way is done again, as long as the
/// commit was not asked for: after that nobody knows whether it happened, and this is said.
///
/// A platform thread, because the database driver's native calls would hold a virtual thread's
/// carrier. Thread-safe.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
  private static final int WAITING = 4_000;

  /// How many items may share a commit.
  private static final int BATCH = 1_000;

  private static final long IDLE_MILLIS = 200;

  /// How often a batch is tried; with the pauses between, longer than a database needs to start.
  private static final int ATTEMPTS = 6;

  private static final long PAUSE_MILLIS = 100;

  private final BlockingQueue<Pending<?, ?>> queue = new ArrayBlockingQueue<>(WAITING);
  private final Engine engine;
  private final Thread thread;
  private @Nullable Connection connection;

  /// Whether the last batch failed for want of a database: the next are not kept waiting.
  private boolean gone;

  private volatile boolean closing;

  GroupCommit(Engine engine) throws SQLException {
    this.engine = engine;
    connection = KeepsStatements.on(engine.writer());
    connection.setAutoCommit(true);
    thread = Thread.ofPlatform().name("store-writer").daemon(false).start(this::loop);
  }

  /// What is done together. What waits in it is the writer's thread's alone.
  static final class Lane<I, O extends @Nullable Object> {
    private final Together<I, O> work;
    private final List<Pending<I, O>> taken = new ArrayList<>();

    Lane(Together<I, O> work) {
      this.work = work;
    }

    /// Runs what was taken; the answers wait for the commit.
    void run(Connection connection) throws SQLException {
      var outcomes = work.run(connection, taken.stream().map(pending -> pending.item).toList());
      if (outcomes.size() != taken.size()) {
        throw new IllegalStateException(outcomes.size() + " answers to " + taken.size());
      }
      for (var i = 0; i < taken.size(); i++) {
        taken.get(i).outcome(outcomes.get(i));
      }
    }
  }

  /// One item on its way, and its answer.
  private static final class Pending<I, O extends @Nullable Object> {
    private final Lane<I, O> lane;
    private final I item;
    private final CompletableFuture<O> answer = new CompletableFuture<>();
    private @Nullable Runnable success;

    Pending(Lane<I, O> lane, I item) {
      this.lane = lane;
      this.item = item;
    }

    Lane<I, O> take() {
      lane.taken.add(this);
      return lane;
    }

    void outcome(O outcome) {
      success = () -> answer.complete(outcome);
    }

    void committed() {
      if (success != null) {
        success.run();
      }
    }

    void failed(Throwable cause) {
      answer.completeExceptionally(cause);
    }

    boolean isOpen() {
      return !answer.isDone();
    }
  }

  <T extends @Nullable Object> T run(Transaction<T> work) {
    return run(
        new Lane<>((connection, _) -> Collections.singletonList(work.run(connection))), work);
  }

  <I, O extends @Nullable Object> O run(Lane<I, O> lane, I item) {
    var pending = new Pending<>(lane, item);
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

  int waiting() {
    return queue.size();
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
    List<Pending<?, ?>> batch = new ArrayList<>();
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
      } catch (Error e) {
        // Nobody is to wait for a thread that has ended.
        batch.forEach(pending -> pending.failed(new UnknownOutcomeException(e)));
        throw e;
      }
    }
  }

  private void commit(List<Pending<?, ?>> batch) {
    if (!commit(batch, batch.size() == 1 ? this::each : this::together)) {
      for (var from = 0; from < batch.size(); from += engine.savepoints()) {
        var to = Math.min(batch.size(), from + engine.savepoints());
        var _ = commit(batch.subList(from, to), this::each);
      }
    }
  }

  /// What is done within one transaction.
  private interface Content {
    void run(Connection open, List<Pending<?, ?>> batch) throws SQLException;
  }

  /// Returns false if one failed for a reason of its own, and nothing is done for any.
  private boolean commit(List<Pending<?, ?>> batch, Content content) {
    for (var attempt = 1; ; attempt++) {
      try {
        commitOnce(batch.stream().filter(Pending::isOpen).toList(), content);
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

  private void commitOnce(List<Pending<?, ?>> batch, Content content) throws SQLException {
    var open = connection;
    if (open == null) {
      open = KeepsStatements.on(engine.writer());
      open.setAutoCommit(true);
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
    batch.stream().filter(Pending::isOpen).forEach(Pending::committed);
  }

  /// One of many failed for a reason of its own.
  private static final class TogetherException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TogetherException(Throwable cause) {
      super(cause);
    }
  }

  private void together(Connection open, List<Pending<?, ?>> batch) throws SQLException {
    try {
      runLanes(open, batch);
      // An error too is its own: thrown on, it would end the one thread that writes.
    } catch (SQLException | RuntimeException | Error e) {
      if (failure(e) == Engine.Failure.ITS_OWN) {
        throw new TogetherException(e);
      }
      throw e;
    }
  }

  private static void runLanes(Connection open, List<Pending<?, ?>> batch) throws SQLException {
    var lanes = new LinkedHashSet<Lane<?, ?>>();
    batch.forEach(pending -> lanes.add(pending.take()));
    try {
      for (var lane : lanes) {
        lane.run(open);
      }
    } finally {
      lanes.forEach(lane -> lane.taken.clear());
    }
  }

  private void each(Connection open, List<Pending<?, ?>> batch) throws SQLException {
    for (var pending : batch) {
      var savepoint = open.setSavepoint();
      try {
        runLanes(open, List.of(pending));
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

  private static void fail(List<Pending<?, ?>> batch, Exception e) {
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
    closing = true;
    try {
      thread.join();
      if (connection != null) {
        connection.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.atWarn().setCause(e).log("database connection did not close cleanly");
    }
  }
}
