package dev.interdict.server.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// How often something took how long, in seconds. Thread-safe.
public final class Histogram {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /// @param bounds the upper bounds of the buckets, ascending; one for all the rest is added
  public Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, _ -> new LongAdder());
  }

  /// Adds one.
  public void add(double seconds) {
    var at = 0;
    while (at < bounds.length && seconds > bounds[at]) {
      at++;
    }
    counts[at].increment();
    sum.add(seconds);
  }

  /// The values of this moment.
  Snapshot snapshot() {
    var cumulative = new long[counts.length];
    var total = 0L;
    for (var i = 0; i < counts.length; i++) {
      total += counts[i].sum();
      cumulative[i] = total;
    }
    return new Snapshot(bounds, cumulative, sum.sum());
  }

  /// Buckets as they are written: each counts all below its bound, the last one all.
  public record Snapshot(double[] bounds, long[] cumulative, double sum) {
    public Snapshot {
      bounds = bounds.clone();
      cumulative = cumulative.clone();
    }
  }
}
