package dev.interdict.server.fleetsim;

import java.time.Duration;
import java.time.Instant;

/// How simulated time goes by while real time does.
///
/// @param begins what it was simulated when `nanos` was the real time, as [System#nanoTime]
/// @param factor how many times faster it goes
record Pace(Instant begins, long nanos, int factor) {

  /// One that begins now.
  static Pace from(Instant begins, int factor) {
    return new Pace(begins, System.nanoTime(), factor);
  }

  Instant now() {
    return begins.plusNanos((System.nanoTime() - nanos) * factor);
  }

  /// The real time at a simulated one.
  long real(Instant simulated) {
    return nanos + Duration.between(begins, simulated).toNanos() / factor;
  }
}
