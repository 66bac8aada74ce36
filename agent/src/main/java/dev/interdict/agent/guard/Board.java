package dev.interdict.agent.guard;

import dev.interdict.decide.TimeView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where the guard posts how things stand, for the people of this machine. Thread-safe: the loop
/// writes, the socket reads, and a restore waits for the cycle that is running.
public final class Board {
  private final ReentrantLock looking = new ReentrantLock();
  private final ReentrantLock acting = new ReentrantLock();
  private final Semaphore wake = new Semaphore(0);
  private volatile UnaryOperator<Cycle.Standing> again = UnaryOperator.identity();
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

  /// Runs `work` while no cycle runs: neither its look at the machine nor what follows.
  public <T extends @Nullable Object> T alone(Work<T> work) throws IOException {
    looking.lock();
    try {
      return between(work);
    } finally {
      looking.unlock();
    }
  }

  /// Runs `work` while nothing is decided or done; a look at the machine may go on meanwhile.
  public <T extends @Nullable Object> T between(Work<T> work) throws IOException {
    acting.lock();
    try {
      return work.run();
    } finally {
      acting.unlock();
    }
  }

  /// Sets how the standing is judged anew after somebody's answer.
  void judgedBy(UnaryOperator<Cycle.Standing> again) {
    this.again = again;
  }

  /// Posts the standing as it is judged now.
  void refresh() {
    var last = posted;
    if (last.standing() != null) {
      posted = new Posted(again.apply(last.standing()), last.reached(), last.time());
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
