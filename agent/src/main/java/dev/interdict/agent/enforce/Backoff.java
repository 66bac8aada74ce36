package dev.interdict.agent.enforce;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/// When a removal that failed is tried again: after a quarter of an hour, then twice as long each
/// time up to a day, and after [#MOST] failures not before somebody looks at it and says so as root
/// (`interdict-agent enforce --retry`).
///
/// When a tool that was removed and came back is removed again: at once the first times, then after
/// a minute, and twice as long each time up to an hour; after [#MOST_RETURNS] removals within
/// [#WINDOW] not before that many lie that far back. Something that brings it back again and again
/// is found by people, not by removing it faster; its start is prevented meanwhile.
public final class Backoff {
  /// Failures after which the rule rests on this device.
  public static final int MOST = 8;

  private static final Duration FIRST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(1);

  /// Removals within [#WINDOW] after which the rule rests on this device.
  public static final int MOST_RETURNS = 10;

  /// How long a removal counts against the next one.
  public static final Duration WINDOW = Duration.ofDays(1);

  private static final int AT_ONCE = 3;
  private static final Duration FIRST_AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_AGAIN = Duration.ofHours(1);

  private Backoff() {}

  /// Whether it may be tried now.
  ///
  /// @param failures since the last success
  /// @param last when it was last tried, or null; later than `now` by a clock since corrected
  public static boolean permits(int failures, @Nullable Instant last, Instant now) {
    if (failures == 0 || last == null || last.isAfter(now)) {
      return true;
    }
    return failures < MOST && !now.isBefore(last.plus(pause(failures)));
  }

  private static Duration pause(int failures) {
    return doubled(FIRST, failures - 1, LONGEST);
  }

  /// Whether what came back may be removed now.
  ///
  /// @param removals within [#WINDOW] before now, in any order
  public static boolean permitsAgain(Collection<Instant> removals, Instant now) {
    if (removals.size() < AT_ONCE) {
      return true;
    }
    var pause = doubled(FIRST_AGAIN, removals.size() - AT_ONCE, LONGEST_AGAIN);
    return !rests(removals) && !now.isBefore(Collections.max(removals).plus(pause));
  }

  /// Whether it came back too often to be removed again for now.
  public static boolean rests(Collection<Instant> removals) {
    return removals.size() >= MOST_RETURNS;
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    var pause = first.multipliedBy(1L << Math.min(times, 10));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
