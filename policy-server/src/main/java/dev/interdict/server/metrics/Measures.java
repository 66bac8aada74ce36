package dev.interdict.server.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What this process counts while it works, from its start on. Several servers each count their own
/// part; Prometheus adds them up. Thread-safe.
public final class Measures {
  /// Reports of agents, by what came of them.
  public static final Counters REPORTS = new Counters("result");

  /// Requests whose signature did not prove a device, by route.
  public static final Counters SIGNATURE_FAILURES = new Counters("kind");

  /// What became of notices.
  public static final Counters NOTICES = new Counters("rule", "phase", "channel", "result");

  private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};
  private static final Map<String, Histogram> REQUESTS = new ConcurrentHashMap<>();

  private Measures() {}

  /// A request of a listener was answered after so long.
  public static void request(String listener, long nanos) {
    REQUESTS.computeIfAbsent(listener, _ -> new Histogram(BOUNDS)).add(nanos / 1e9);
  }

  /// How long requests took, by listener.
  public static Map<String, Histogram> requests() {
    return Map.copyOf(REQUESTS);
  }
}
