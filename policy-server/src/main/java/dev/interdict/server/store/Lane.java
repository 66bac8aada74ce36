package dev.interdict.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What is done together. What waits in it is the writer's thread's alone.
final class Lane<I, O extends @Nullable Object> {
  private final Together<I, O> work;
  private final List<Pending<I, O>> taken = new ArrayList<>();

  Lane(Together<I, O> work) {
    this.work = work;
  }

  /// Runs the work of these, each lane's at once; the answers wait for the commit.
  static void run(Connection open, List<Pending<?, ?>> batch) throws SQLException {
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

  private void run(Connection connection) throws SQLException {
    var outcomes = work.run(connection, taken.stream().map(pending -> pending.item).toList());
    if (outcomes.size() != taken.size()) {
      throw new IllegalStateException(outcomes.size() + " answers to " + taken.size());
    }
    for (var i = 0; i < taken.size(); i++) {
      taken.get(i).outcome(outcomes.get(i));
    }
  }

  /// One item on its way, and its answer.
  static final class Pending<I, O extends @Nullable Object> {
    private final Lane<I, O> lane;
    private final I item;
    private final CompletableFuture<O> answer = new CompletableFuture<>();
    private @Nullable Runnable success;

    Pending(Lane<I, O> lane, I item) {
      this.lane = lane;
      this.item = item;
    }

    private Lane<I, O> take() {
      lane.taken.add(this);
      return lane;
    }

    private void outcome(O outcome) {
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

    /// Waits for the answer.
    ///
    /// @throws java.util.concurrent.CompletionException if it failed
    O join() {
      return answer.join();
    }
  }
}
