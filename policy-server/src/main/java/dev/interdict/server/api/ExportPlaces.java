package dev.interdict.server.api;

import dev.interdict.server.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// How many exports may be on their way: of one account, of all together, and those that read at
/// the same moment. Thread-safe.
final class ExportPlaces {
  /// More that read at once would leave pages no connection of the database to read by. Whoever
  /// only waits for a client to take rows is none of them, so that slow clients hold up nobody.
  private static final int AT_ONCE = 2;

  /// What one account, and all together, may have on their way.
  private static final int OF_ACCOUNT = 2;

  private static final int OF_ALL = 64;

  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final Map<String, Integer> running = new HashMap<>();

  /// Of which one is had while the database is read.
  Semaphore turns() {
    return turns;
  }

  /// Takes a place; false where the account, or all of them, have as many as they may.
  boolean begin(String account) {
    synchronized (running) {
      var all = running.values().stream().mapToInt(Integer::intValue).sum();
      if (all >= OF_ALL || running.getOrDefault(account, 0) >= OF_ACCOUNT) {
        return false;
      }
      running.merge(account, 1, Integer::sum);
      return true;
    }
  }

  /// Gives one back.
  void end(String account) {
    synchronized (running) {
      running.computeIfPresent(account, (_, n) -> n > 1 ? n - 1 : null);
    }
  }

  /// What somebody is told who has no place.
  static HttpResponse taken() {
    return HttpResponse.problem(429, "too-many", "Your exports are running; try again later.")
        .with("Retry-After", "30");
  }
}
