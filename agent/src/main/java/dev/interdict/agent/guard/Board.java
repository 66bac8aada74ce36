package dev.interdict.agent.guard;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where the guard posts how things stand, for the people of this machine. Thread-safe: the loop
/// writes, the socket reads, and a restore waits for the cycle that is running.
public final class Board {
  private final ReentrantLock cycle = new ReentrantLock();
  private final java.util.concurrent.locks.Condition wake = cycle.newCondition();
  private volatile Posted posted = new Posted(null, false, Instant.EPOCH);

  /// How things stood after the last cycle.
  ///
  /// @param standing null before the first
  public record Posted(Cycle.@Nullable Standing standing, boolean reached, Instant at) {}

  /// Something that runs while no cycle does.
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /// Runs `work` while nothing else runs under this board.
  public <T> T during(Work<T> work) throws IOException {
    cycle.lock();
    try {
      return work.run();
    } finally {
      cycle.unlock();
    }
  }

  void post(Cycle.Standing standing, boolean reached, Instant now) {
    posted = new Posted(standing, reached, now);
  }

  /// The last posting.
  public Posted posted() {
    return posted;
  }

  /// Sleeps for `time`, or until [#wake].
  void waitFor(Duration time) throws InterruptedException {
    cycle.lockInterruptibly();
    try {
      wake.awaitNanos(time.toNanos());
    } finally {
      cycle.unlock();
    }
  }

  /// Makes the next cycle begin now.
  public void wake() {
    cycle.lock();
    try {
      wake.signalAll();
    } finally {
      cycle.unlock();
    }
  }
}
