package dev.interdict.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// One metric that only grows, by the values of its labels. Thread-safe.
///
/// Beyond a bound of different values all others count together: labels may come from devices.
public final class Counters {
  private static final int MOST = 2_000;
  private static final String OTHER = "other";

  private final List<String> labels;
  private final Map<List<String>, LongAdder> values = new ConcurrentHashMap<>();

  /// @param labels their names
  public Counters(String... labels) {
    this.labels = List.of(labels);
  }

  /// Counts one more.
  public void count(String... of) {
    counter(of).increment();
  }

  /// Shows this value from now on though nothing was counted: what reads the metrics notices no
  /// rise to a first one out of nothing.
  public void show(String... of) {
    counter(of);
  }

  private LongAdder counter(String... of) {
    if (of.length != labels.size()) {
      throw new IllegalArgumentException("the labels are " + labels);
    }
    var key = List.of(of);
    var counter = values.get(key);
    if (counter == null) {
      var known = values.size() < MOST ? key : java.util.Collections.nCopies(labels.size(), OTHER);
      counter = values.computeIfAbsent(known, _ -> new LongAdder());
    }
    return counter;
  }

  /// The names of the labels.
  List<String> labels() {
    return labels;
  }

  /// The values, in a stable order.
  Map<List<String>, Long> values() {
    var sorted =
        new TreeMap<List<String>, Long>(
            (a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
    values.forEach((key, value) -> sorted.put(key, value.sum()));
    return sorted;
  }
}
