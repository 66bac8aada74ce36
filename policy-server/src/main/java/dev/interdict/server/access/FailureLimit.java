package dev.interdict.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;

/// Counts failures by key within a window and says when a key has had too many. Bounded: the oldest
/// window goes first. Each server node counts for itself. Thread-safe.
public final class FailureLimit {
  private static final int KEYS = 10_000;

  private final int most;
  private final Duration window;
  private final LinkedHashMap<String, Window> windows = new LinkedHashMap<>();

  private static final class Window {
    private final Instant end;
    private int failures;

    Window(Instant end) {
      this.end = end;
    }
  }

  public FailureLimit(int most, Duration window) {
    this.most = most;
    this.window = window;
  }

  /// How long `key` has to wait; zero if it need not.
  public synchronized Duration wait(String key, Instant now) {
    var current = windows.get(key);
    return current == null || !now.isBefore(current.end) || current.failures < most
        ? Duration.ZERO
        : Duration.between(now, current.end);
  }

  /// Counts a failure.
  public synchronized void failed(String key, Instant now) {
    windows.values().removeIf(each -> !now.isBefore(each.end));
    if (windows.size() >= KEYS && !windows.containsKey(key)) {
      windows.pollFirstEntry();
    }
    windows.computeIfAbsent(key, _ -> new Window(now.plus(window))).failures++;
  }
}
