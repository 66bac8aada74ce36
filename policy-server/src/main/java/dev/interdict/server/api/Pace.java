package dev.interdict.server.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// How much one account may ask for in a minute, so that a program in a loop takes no more than its
/// share. Of this node alone: a share of each node is a share of all. Thread-safe.
public final class Pace {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final int reads;
  private final int changes;
  private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();

  private record Window(Instant since, int used) {}

  /// @param reads how many requests that only read
  /// @param changes how many others
  public Pace(InstantSource clock, int reads, int changes) {
    this.clock = clock;
    this.reads = reads;
    this.changes = changes;
  }

  /// One for people and their programs.
  public static Pace standard(InstantSource clock) {
    return new Pace(clock, 1_200, 300);
  }

  /// One for the company's directory, which tells of thousands of people in a row: Entra asks that
  /// 25 requests a second are taken.
  public static Pace ofDirectory(InstantSource clock) {
    return new Pace(clock, 3_000, 3_000);
  }

  /// Counts a request.
  ///
  /// @return after how many seconds to try again; 0 if it is let through
  public long wait(String account, boolean change) {
    var now = clock.instant();
    var window =
        windows.compute(
            account + (change ? " changes" : " reads"),
            (_, before) ->
                before == null
                        || !now.isBefore(before.since().plus(WINDOW))
                        || now.isBefore(before.since())
                    ? new Window(now, 1)
                    : new Window(before.since(), before.used() + 1));
    if (window.used() <= (change ? changes : reads)) {
      return 0;
    }
    return Duration.between(now, window.since().plus(WINDOW)).toSeconds() + 1;
  }
}
