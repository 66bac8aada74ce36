package dev.interdict.trust;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a cycle may go on asking, by a clock that nobody can set: a server that answers every
/// question, each of them slowly, must not hold a device up for ever. Not thread-safe.
final class Deadline {
  private final LongSupplier nanoTime;
  private final Duration patience;
  private long started;

  /// @param nanoTime as [System#nanoTime]
  Deadline(LongSupplier nanoTime, Duration patience) {
    this.nanoTime = nanoTime;
    this.patience = patience;
    restart();
  }

  void restart() {
    started = nanoTime.getAsLong();
  }

  /// @throws UnreachableException if the time is up; what was verified by then stays kept, so that
  ///   the next cycle goes on from there
  void check(String path) throws UnreachableException {
    if (nanoTime.getAsLong() - started >= patience.toNanos()) {
      throw new UnreachableException(
          "the repository is too slow: after "
              + patience.toSeconds()
              + " seconds it had not come further than "
              + path);
    }
  }
}
