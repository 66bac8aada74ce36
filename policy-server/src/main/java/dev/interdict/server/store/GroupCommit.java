package dev.interdict.server.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The one writer. Its thread takes all that waits, has it committed at once by its [Committer],
/// and only then answers: with a slow disk this is a hundred times faster than a commit for each,
/// and no answer is given before it is durable.
///
/// A platform thread, because the database driver's native calls would hold a virtual thread's
/// carrier. Thread-safe.
final class GroupCommit implements AutoCloseable {
  private static final int WAITING = 4_000;

  /// How many items may share a commit.
  private static final int BATCH = 1_000;

  /// What wakes the thread when it is to end.
  private static final Lane.Pending<?, ?> END =
      new Lane.Pending<>(new Lane<String, String>((_, items) -> items), "end");

  private final BlockingQueue<Lane.Pending<?, ?>> queue = new ArrayBlockingQueue<>(WAITING);
  private final Committer committer;
  private final Thread thread;
  private volatile boolean closing;

  GroupCommit(Engine engine) throws SQLException {
    committer = new Committer(engine);
    thread = Thread.ofPlatform().name("store-writer").daemon(false).start(this::loop);
  }

  <T extends @Nullable Object> T run(Transaction<T> work) {
    return run(
        new Lane<>((connection, _) -> Collections.singletonList(work.run(connection))), work);
  }

  <I, O extends @Nullable Object> O run(Lane<I, O> lane, I item) {
    var pending = new Lane.Pending<>(lane, item);
    if (closing || !queue.offer(pending)) {
      throw new BusyException(
          closing ? "the store is closing" : WAITING + " transactions are waiting already");
    }
    if (closing && queue.remove(pending)) {
      throw new BusyException("the store is closing");
    }
    try {
      return pending.join();
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
    List<Lane.Pending<?, ?>> batch = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        // While it closes somebody may take back what was the last there was to wait for.
        var first = closing ? queue.poll() : queue.take();
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          batch.remove(END);
        }
        if (!batch.isEmpty()) {
          committer.commit(batch);
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

  @Override
  public void close() {
    closing = true;
    // Where the queue is full the thread is awake.
    var _ = queue.offer(END);
    try {
      thread.join();
      committer.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
