package dev.interdict.agent.guard;

import dev.interdict.agent.time.TimeView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Where the guard posts how things stand, for the people of this machine. Thread-safe: the loop
/// writes, the socket reads, and a restore waits for the cycle that is running.
public final class Board {
  private final ReentrantLock cycle = new ReentrantLock();
  private final Semaphore wake = new Semaphore(0);
  private volatile Posted posted = new Posted(null, false, null);

  /// How things stood after the last cycle.
  ///
  /// @param standing null before the first, as is `time`
  public record Posted(
      Cycle.@Nullable Standing standing, boolean reached, @Nullable TimeView time) {}

  /// Something that runs while no cycle does.
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
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

  void post(Cycle.Standing standing, boolean reached, TimeView time) {
    posted = new Posted(standing, reached, time);
  }

  /// The last posting.
  public Posted posted() {
    return posted;
  }

  /// Sleeps for `time`, or until [#wake].
  ///
  /// @return whether it was woken
  boolean waitFor(Duration time) throws InterruptedException {
    var woken = wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
    wake.drainPermits();
    return woken;
  }

  /// Makes the next cycle begin now, or one more after the one that is running. Never waits.
  public void wake() {
    wake.release();
  }
}
