package dev.interdict.server.fleetsim;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of a stretch of load. Thread-safe.
final class Tally {
  private final Latencies good = new Latencies();
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final Map<Call.Kind, LongAdder> kinds = new ConcurrentSkipListMap<>();
  private final Map<Long, LongAdder> perSecond = new ConcurrentSkipListMap<>();
  private final LongAdder unexplained = new LongAdder();
  private volatile long nanos;

  /// @param answer null if there was none
  /// @param micros since the request was due
  void answered(Call call, @Nullable Answer answer, long micros) {
    var status = answer == null ? 0 : answer.status();
    statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
    kinds.computeIfAbsent(call.kind(), _ -> new LongAdder()).increment();
    perSecond.computeIfAbsent(System.nanoTime() / 1_000_000_000L, _ -> new LongAdder()).increment();
    if (answer != null && answer.good()) {
      good.record(micros);
    } else if (answer == null || answer.status() != 503 || answer.retryAfter() == 0) {
      unexplained.increment();
    }
  }

  void took(long nanos) {
    this.nanos = nanos;
  }

  double seconds() {
    return nanos / 1e9;
  }

  /// Requests that were answered well.
  long accepted() {
    return good.count();
  }

  /// All requests.
  long all() {
    return statuses.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// Failures of any kind but 503 with Retry-After.
  long unexplained() {
    return unexplained.sum();
  }

  /// Good answers a second.
  double rate() {
    return accepted() / seconds();
  }

  Latencies latencies() {
    return good;
  }

  /// The most requests that were answered in one real second.
  long peak() {
    return perSecond.values().stream().mapToLong(LongAdder::sum).max().orElse(0);
  }

  /// How many of each status; 0 stands for no answer.
  Map<Integer, Long> statuses() {
    return sums(statuses);
  }

  Map<Call.Kind, Long> kinds() {
    return sums(kinds);
  }

  private static <K extends Comparable<K>> Map<K, Long> sums(Map<K, LongAdder> adders) {
    return adders.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().sum(), Long::sum, TreeMap::new));
  }
}
