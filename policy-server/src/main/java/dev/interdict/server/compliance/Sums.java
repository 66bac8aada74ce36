package dev.interdict.server.compliance;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Devices being added up: of each group, how many count as what. Not thread-safe.
final class Sums {
  private static final int STATUSES = Status.values().length;

  private final Map<String, long[]> of = new HashMap<>();

  /// `n` more; less, where it is negative.
  void add(String group, Status status, long n) {
    of(group)[status.ordinal()] += n;
  }

  private long[] of(String group) {
    return of.computeIfAbsent(group, _ -> new long[STATUSES]);
  }

  /// The same in larger groups.
  ///
  /// @param larger the name of the larger one in which a group is
  Sums by(UnaryOperator<String> larger) {
    var sums = new Sums();
    of.forEach((group, numbers) -> {
      var sum = sums.of(larger.apply(group));
      for (var i = 0; i < STATUSES; i++) {
        sum[i] += numbers[i];
      }
    });
    return sums;
  }

  /// What came of it.
  ///
  /// @throws IllegalArgumentException if fewer than no devices count as something
  Map<String, Counts> counts() {
    var counts = new HashMap<String, Counts>();
    of.forEach((group, numbers) -> counts.put(group, Counts.by(numbers)));
    return counts;
  }
}
