package dev.interdict.agent.enforce;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a removal that failed is tried again: after a quarter of an hour, then twice as long each
/// time up to a day, and after [#MOST] failures not before somebody looks at it.
public final class Backoff {
  /// Failures after which the rule rests on this device.
  public static final int MOST = 8;

  private static final Duration FIRST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(1);

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
    var pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
