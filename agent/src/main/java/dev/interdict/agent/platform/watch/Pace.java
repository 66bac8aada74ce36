package dev.interdict.agent.platform.watch;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How often the guard is told that something arrived: at once where it was quiet, and with pauses
/// that double up to a minute where it goes on and on. For one thread at a time.
public final class Pace {
  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();
  private static final long CALM = Duration.ofMinutes(3).toNanos();

  private final LongSupplier clock;
  private long pause;
  private long last;
  private boolean begun;

  /// @param clock in nanoseconds from any origin
  public Pace(LongSupplier clock) {
    this.clock = clock;
  }

  /// Nanoseconds until it may be told again; not above 0 where it may be told now.
  public synchronized long left() {
    return begun ? last + pause - clock.getAsLong() : 0;
  }

  /// It is told now.
  public synchronized void told() {
    var now = clock.getAsLong();
    var calm = !begun || now - last >= CALM;
    pause = calm ? FIRST : Math.min(LONGEST, pause * 2);
    last = now;
    begun = true;
  }
}
