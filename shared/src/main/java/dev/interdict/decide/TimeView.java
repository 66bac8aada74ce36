package dev.interdict.decide;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of the time, pinned for one cycle.
///
/// @param trusted certainly not later than the present
/// @param confirmed trusted time when it was last confirmed; since then the boot clock counts
/// @param moved by how much trusted time was brought forward since then, which confirmed nothing
/// @param by what confirmed it
/// @param wall what the computer's own clock shows: a hint, since it can be set
/// @param stepped whether the wall clock was seen being set in this boot
/// @param disputed the time that the server states and nothing bears out, or null
public record TimeView(
    Instant trusted,
    Instant confirmed,
    Duration moved,
    Witness by,
    Instant wall,
    boolean stepped,
    @Nullable Instant disputed) {
  /// Uptime without confirmation after which the rules for being out of contact hold.
  public static final Duration PATIENCE = Duration.ofHours(72);

  /// A wall clock further behind trusted time than this is wrong, whatever the zone mistakes of
  /// whoever set it.
  public static final Duration DISPROVED = Duration.ofDays(1);

  /// How far the wall clock may bring a date on at most.
  public static final Duration REACH = Duration.ofDays(30);

  /// The time on a device whose clocks agree and whose server has just confirmed them.
  public static TimeView certain(Instant now) {
    return new TimeView(now, now, Duration.ZERO, Witness.SERVER, now, false, null);
  }

  /// Whether the time has gone unconfirmed for [#PATIENCE] of uptime.
  public boolean outOfContact() {
    return Duration.between(confirmed, trusted).minus(moved).compareTo(PATIENCE) >= 0;
  }

  /// The time to go by where the wall clock may be asked: never before trusted time, never more
  /// than [#REACH] after it, and not after it at all once the wall clock was seen being set.
  public Instant hinted() {
    if (stepped || !wall.isAfter(trusted)) {
      return trusted;
    }
    var reach = trusted.plus(REACH);
    return wall.isBefore(reach) ? wall : reach;
  }

  /// The time by which people's hours go: what their computer shows them, where nothing speaks
  /// against it. Unlike dates it may be earlier than trusted time, which a server's mistake can
  /// bring forward.
  public Instant shown() {
    var doubtful = stepped || wallDisproved() || wall.isAfter(trusted.plus(REACH));
    return doubtful ? trusted : wall;
  }

  /// By how much the wall clock is ahead of trusted time; negative where it is behind.
  public Duration wallAhead() {
    return Duration.between(trusted, wall);
  }

  /// Whether the wall clock is so far behind what is certain that it bears witness to nothing.
  public boolean wallDisproved() {
    return wall.plus(DISPROVED).isBefore(trusted);
  }
}
