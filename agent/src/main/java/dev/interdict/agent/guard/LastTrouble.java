package dev.interdict.agent.guard;

import dev.interdict.json.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Remembers what went wrong last since the guard began, for `doctor`. Thread-safe.
final class LastTrouble implements Events {
  private final InstantSource clock;
  private volatile @Nullable Trouble last;
  private volatile @Nullable Trouble unreached;

  LastTrouble(InstantSource clock) {
    this.clock = clock;
  }

  /// @param what in words for whoever supports people; the server may have had a say in them
  record Trouble(Instant at, String what) {}

  @Override
  public void on(Event event) {
    var what =
        switch (event) {
          case Event.PolicyProblem e -> Fields.written(e.problem()) + ": " + e.message();
          case Event.ScanFailed e -> "scan failed: " + e.message();
          case Event.Refused e -> "report " + e.sequence() + " refused with " + e.status();
          case Event.Resumed _ -> "this device was set back to an earlier time";
          case Event.LetThrough e -> "launches let through: " + e.times();
          case Event.Acted e when e.error() != null ->
              e.rule().value() + ": " + Fields.written(e.error());
          case Event.PolicyTaken _,
              Event.Scanned _,
              Event.Found _,
              Event.Dated _,
              Event.Told _,
              Event.Acted _,
              Event.Prevented _,
              Event.Arrived _,
              Event.Verified _,
              Event.Held _,
              Event.Reported _,
              Event.Unchanged _,
              Event.Delivered _ ->
              null;
        };
    if (what == null) {
      return;
    }
    var trouble = new Trouble(clock.instant(), what);
    if (event instanceof Event.PolicyProblem e && !e.answered()) {
      unreached = trouble;
    } else {
      last = trouble;
    }
  }

  /// The last one, or null.
  ///
  /// @param reached whether the server is reached now: that it was not is over then, as on every
  ///   laptop that was away; that it answers and gives no list is not
  @Nullable Trouble last(boolean reached) {
    var away = reached ? null : unreached;
    var other = last;
    return away == null || other != null && other.at().isAfter(away.at()) ? other : away;
  }

  /// Whether it is from within `time`.
  boolean isWithin(Duration time, Trouble trouble) {
    return trouble.at().isAfter(clock.instant().minus(time));
  }
}
