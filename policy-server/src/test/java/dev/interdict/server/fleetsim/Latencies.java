package dev.interdict.server.fleetsim;

import java.util.concurrent.atomic.AtomicLongArray;

/// A histogram of durations with two significant digits, as HdrHistogram's: values of one power of
/// two share 64 buckets. Thread-safe.
final class Latencies {
  private static final int PARTS = 64;
  private static final int POWERS = 40;

  private final AtomicLongArray counts = new AtomicLongArray(PARTS * POWERS);

  /// @param micros negative counts as 0
  void record(long micros) {
    counts.incrementAndGet(bucket(Math.max(0, micros)));
  }

  private static int bucket(long micros) {
    if (micros < PARTS) {
      return (int) micros;
    }
    var power = 63 - Long.numberOfLeadingZeros(micros) - 5;
    return Math.min(PARTS * POWERS - 1, PARTS / 2 * power + (int) (micros >> power));
  }

  private static long value(int bucket) {
    if (bucket < PARTS) {
      return bucket;
    }
    var power = bucket / (PARTS / 2) - 1;
    return (long) (bucket - PARTS / 2 * power) << power;
  }

  long count() {
    var all = 0L;
    for (var i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /// The duration that so many of all do not exceed, in milliseconds.
  double percentile(double share) {
    var left = (long) Math.ceil(share * count());
    for (var i = 0; i < counts.length(); i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return value(i) / 1000.0;
      }
    }
    return 0;
  }
}
