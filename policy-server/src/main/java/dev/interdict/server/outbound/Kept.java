package dev.interdict.server.outbound;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is costly to work out, kept for a while so that many who ask cost no more than one.
/// Thread-safe.
final class Kept<T> {
  private final Duration time;
  private final Supplier<T> work;
  private @Nullable T value;
  private long from;

  Kept(Duration time, Supplier<T> work) {
    this.time = time;
    this.work = work;
  }

  synchronized T get() {
    var kept = value;
    var now = System.nanoTime();
    if (kept == null || now - from > time.toNanos()) {
      kept = work.get();
      value = kept;
      from = System.nanoTime();
    }
    return kept;
  }
}
