package dev.interdict.agent.time;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A forward-only lower bound of the real time, carried across restarts and reboots by its [Mark].
///
/// Raised by signed statements; between them it goes on by the boot clock. After a reboot it goes
/// on from where it stood, so powered-off time without contact is not counted: late, never early.
/// Not thread-safe; one owner.
public final class TrustedClock {
  /// A statement further ahead than this needs a second one that agrees; one wrong signer clock
  /// must not bring every date on.
  static final Duration LEAP = Duration.ofDays(30);

  private static final Duration CONFIRM_AFTER = Duration.ofMinutes(10);
  private static final Duration DRIFT = Duration.ofHours(1);

  /// What is kept on disk.
  ///
  /// @param floor trusted time when the mark was made
  /// @param bootId the boot in which it was made
  /// @param sinceBoot the boot clock when it was made
  public record Mark(Instant floor, String bootId, Duration sinceBoot) {}

  private record Leap(Instant stated, Duration heardAt) {}

  private final BootClock bootClock;
  private final String bootId;
  private Instant floor;
  private Duration floorAt;
  private @Nullable Leap leap;

  /// Goes on from `mark`, or from `beginning` on a device that has none.
  public TrustedClock(BootClock bootClock, @Nullable Mark mark, Instant beginning) {
    this.bootClock = bootClock;
    this.bootId = bootClock.bootId();
    if (mark == null) {
      floor = beginning;
      floorAt = bootClock.sinceBoot();
    } else if (mark.bootId().equals(bootId)) {
      floor = mark.floor();
      floorAt = mark.sinceBoot();
    } else {
      floor = mark.floor();
      floorAt = Duration.ZERO;
    }
  }

  /// The trusted time now.
  public Instant now() {
    var since = bootClock.sinceBoot().minus(floorAt);
    return since.isNegative() ? floor : floor.plus(since);
  }

  /// What to keep so that a restart goes on from here.
  public Mark mark() {
    return new Mark(now(), bootId, bootClock.sinceBoot());
  }

  /// A verified statement that it was `stated` at some moment up to now. An earlier one than what
  /// is trusted is a replay and changes nothing; one far ahead is taken only when a second
  /// statement, heard at least ten minutes later by the boot clock, agrees with it.
  ///
  /// @return whether the statement is now reflected
  public boolean heard(Instant stated) {
    var now = now();
    if (!stated.isAfter(now)) {
      return true;
    }
    var uptime = bootClock.sinceBoot();
    if (Duration.between(now, stated).compareTo(LEAP) > 0 && !confirms(stated, uptime)) {
      // One that disagrees takes the place of the first, which may be the one that was wrong.
      if (leap == null || !agree(leap, stated, uptime)) {
        leap = new Leap(stated, uptime);
      }
      return false;
    }
    floor = stated;
    floorAt = uptime;
    leap = null;
    return true;
  }

  private boolean confirms(Instant stated, Duration uptime) {
    return leap != null
        && uptime.minus(leap.heardAt()).compareTo(CONFIRM_AFTER) >= 0
        && agree(leap, stated, uptime);
  }

  private static boolean agree(Leap leap, Instant stated, Duration uptime) {
    var expected = leap.stated().plus(uptime.minus(leap.heardAt()));
    return Duration.between(expected, stated).abs().compareTo(DRIFT) < 0;
  }
}
