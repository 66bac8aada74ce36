package dev.interdict.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Beats as long as a loop goes on. The loop says before each step how long that takes at most;
/// once a step takes longer the beat stops, and so whoever listens sees a loop that hangs although
/// the process lives. Thread-safe.
public final class Pulse implements AutoCloseable {
  private final LongSupplier nanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long until;
  private @Nullable Thread beating;

  /// @param nanos a clock that only goes forward, as [System#nanoTime()]
  public Pulse(LongSupplier nanos) {
    this.nanos = nanos;
    this.until = nanos.getAsLong();
  }

  /// The loop is heard of again within `most`.
  public void expect(Duration most) {
    until = nanos.getAsLong() + most.toNanos();
  }

  /// Whether the loop is within what it said.
  public boolean goesOn() {
    return nanos.getAsLong() - until < 0;
  }

  /// Calls `beat` every so often while the loop goes on.
  public synchronized void start(Duration every, Runnable beat) {
    if (beating != null) {
      throw new IllegalStateException("it beats already");
    }
    beating =
        Thread.ofPlatform()
            .name("pulse")
            .daemon()
            .start(() -> {
              do {
                if (goesOn()) {
                  beat.run();
                }
              } while (!closedWithin(every));
            });
  }

  private boolean closedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
