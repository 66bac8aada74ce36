package dev.interdict.agent.page;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long the page is served: until nobody has asked for 15 minutes, and 60 minutes in all.
/// Thread-safe.
final class Lifetime {
  private static final Duration IDLE = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofMinutes(60);

  private final LongSupplier nanos;
  private final long begun;
  private volatile long asked;

  /// @param nanos counts nanoseconds from anywhere, never backwards
  Lifetime(LongSupplier nanos) {
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.asked = begun;
  }

  /// The person asked for something.
  void touch() {
    asked = nanos.getAsLong();
  }

  boolean over() {
    var now = nanos.getAsLong();
    return now - asked >= IDLE.toNanos() || now - begun >= LONGEST.toNanos();
  }
}
