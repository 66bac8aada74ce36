package dev.interdict.agent.time;

import dev.interdict.decide.TimeView;
import dev.interdict.decide.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A lower bound of the real time that only moves forward, carried across restarts and reboots by
/// its [Mark].
///
/// It goes on by the boot clock; after a reboot from where it stood, so powered-off time is not
/// counted: late, never early. Two things raise it: the instant of signing in a file that people
/// signed offline, at once; and a statement of the server, as far as the wall clock says so too.
/// Neither a server (or a thief of its keys) alone nor whoever sets the wall clock alone can bring
/// a date on. Where the wall clock is behind what is certain, it is no witness, and the server is
/// believed once its statements have agreed for [TimeView#PATIENCE] of uptime, so that setting the
/// clock back does not dodge a date for longer.
///
/// Only [#reset] moves it back. Not thread-safe; one owner.
public final class TrustedClock {
  /// Two clocks that differ by less agree.
  static final Duration DRIFT = Duration.ofHours(1);

  /// A statement further ahead than this needs a second one that agrees: server and wall clock may
  /// follow the same wrong time source.
  static final Duration LEAP = Duration.ofDays(30);

  private static final Duration CONFIRM_AFTER = Duration.ofMinutes(10);

  /// More than any time daemon slews between two looks.
  private static final Duration STEP = Duration.ofMinutes(2);

  /// What is kept on disk.
  ///
  /// @param floor trusted time when the mark was made
  /// @param bootId the boot in which it was made
  /// @param sinceBoot the boot clock when it was made
  /// @param confirmed trusted time when it was last confirmed
  /// @param moved by how much trusted time was brought forward since then
  /// @param anchored whether the server confirmed it in this boot
  /// @param wallAtBoot what the wall clock, as it went at the last look, showed at boot
  /// @param stepped whether the wall clock was seen being set in this boot
  public record Mark(
      Instant floor,
      String bootId,
      Duration sinceBoot,
      Instant confirmed,
      Duration moved,
      Witness by,
      boolean anchored,
      Instant wallAtBoot,
      boolean stepped,
      @Nullable Dispute dispute) {}

  private final BootClock bootClock;
  private final InstantSource wall;
  private final String bootId;
  private Instant floor;
  private Duration floorAt;
  private Instant confirmed;
  private Duration moved = Duration.ZERO;
  private Witness by;
  private boolean anchored;
  private Instant wallAtBoot;
  private boolean stepped;
  private @Nullable Dispute dispute;

  /// Goes on from `mark`, or from `beginning` on a device that has none: the instant of signing of
  /// the newest file that people signed.
  public TrustedClock(
      BootClock bootClock, InstantSource wall, @Nullable Mark mark, Instant beginning) {
    this.bootClock = bootClock;
    this.wall = wall;
    bootId = bootClock.bootId();
    wallAtBoot = wallAtBoot();
    if (mark == null) {
      floor = beginning;
      floorAt = bootClock.sinceBoot();
      confirmed = beginning;
      by = Witness.SIGNED_FILE;
      return;
    }
    floor = mark.floor();
    floorAt = Duration.ZERO;
    confirmed = mark.confirmed();
    moved = mark.moved();
    by = mark.by();
    dispute = mark.dispute();
    if (mark.bootId().equals(bootId)) {
      // A machine that was set back to an earlier snapshot goes on from here as well.
      floorAt = min(mark.sinceBoot(), bootClock.sinceBoot());
      anchored = mark.anchored();
      wallAtBoot = mark.wallAtBoot();
      stepped = mark.stepped();
    }
  }

  /// The trusted time now.
  public Instant now() {
    var since = bootClock.sinceBoot().minus(floorAt);
    return since.isNegative() ? floor : floor.plus(since);
  }

  /// The likely time now, for asking whether a file has expired: trusted time where the server
  /// confirmed it in this boot, otherwise not before the wall clock's.
  public Instant estimate() {
    var now = now();
    return anchored ? now : max(now, wall.instant());
  }

  /// The time as the server sees it, for what only the server judges: what it states, disputed or
  /// not.
  public Instant serverTime() {
    return dispute == null || !dispute.boot().equals(bootId)
        ? estimate()
        : dispute.stated().plus(Duration.between(dispute.heard(), now()));
  }

  /// All that is known of the time now.
  public TimeView view() {
    var disputed = dispute == null ? null : dispute.stated();
    return new TimeView(now(), confirmed, moved, by, wall.instant(), stepped, disputed);
  }

  /// What to keep so that a restart goes on from here.
  public Mark mark() {
    return new Mark(
        now(),
        bootId,
        bootClock.sinceBoot(),
        confirmed,
        moved,
        by,
        anchored,
        wallAtBoot,
        stepped,
        dispute);
  }

  /// Compares the wall clock with the boot clock; to be called every few minutes.
  ///
  /// @return whether the wall clock was set since the last look
  public boolean look() {
    var before = wallAtBoot;
    wallAtBoot = wallAtBoot();
    var moved = Duration.between(before, wallAtBoot).abs().compareTo(STEP) > 0;
    stepped |= moved;
    return moved;
  }

  private Instant wallAtBoot() {
    return wall.instant().minus(bootClock.sinceBoot());
  }

  /// The server's answer to a question of just now: it is `stated`, at least. One that lies before
  /// what is certain is wrong, or what is certain is; either way it confirms nothing, or a server
  /// that is behind would keep a device from noticing that it is out of contact.
  ///
  /// @return whether trusted time and the statement now agree
  public boolean heard(Instant stated) {
    follow(stated);
    var now = now();
    if (stated.isBefore(now.minus(DRIFT))) {
      return false;
    }
    if (!stated.isAfter(now.plus(DRIFT))) {
      confirm(Witness.SERVER);
      anchored = true;
      return true;
    }
    var earlier = dispute;
    if (earlier == null || !earlier.agrees(stated, now, bootId)) {
      // One that disagrees takes the place of the first, which may be the one that was wrong.
      dispute = Dispute.begin(stated, now, bootId);
      return false;
    }
    dispute = earlier.confirmed(stated, now, bootId);
    if (view().wallDisproved() && earlier.age(now).compareTo(TimeView.PATIENCE) >= 0) {
      raise(stated);
      confirm(Witness.SERVER);
      anchored = true;
      return true;
    }
    return false;
  }

  /// A file that the server signed by itself was signed at `issued`: true of a replayed one, too.
  public void read(Instant issued) {
    if (issued.isAfter(now()) && follow(issued)) {
      confirm(Witness.SERVER);
    }
  }

  /// People signed a file offline at `issued`, which its own expiry does not contradict.
  public void vouched(Instant issued) {
    if (issued.isAfter(now())) {
      raise(issued);
      confirm(Witness.SIGNED_FILE);
    }
  }

  /// Begins anew at `issued`, at which people signed a root that withdraws an online key: what that
  /// key has stated counts no more. The one way back.
  public void reset(Instant issued) {
    raise(issued);
    confirm(Witness.SIGNED_FILE);
    anchored = false;
  }

  /// Goes along with the server as far as the wall clock does.
  ///
  /// @return whether that moved trusted time
  private boolean follow(Instant stated) {
    var now = now();
    var supported = min(stated, wall.instant().plus(DRIFT));
    if (!supported.isAfter(now) || leaps(stated, supported, now)) {
      return false;
    }
    moved = moved.plus(Duration.between(now, supported));
    raise(supported);
    return true;
  }

  private boolean leaps(Instant stated, Instant supported, Instant now) {
    return Duration.between(now, supported).compareTo(LEAP) > 0
        && (dispute == null
            || dispute.age(now).compareTo(CONFIRM_AFTER) < 0
            || !dispute.agrees(stated, now, bootId));
  }

  private void raise(Instant to) {
    floor = to;
    floorAt = bootClock.sinceBoot();
    dispute = null;
  }

  private void confirm(Witness witness) {
    confirmed = now();
    moved = Duration.ZERO;
    by = witness;
    dispute = null;
  }

  private static <T extends Comparable<? super T>> T min(T one, T other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static <T extends Comparable<? super T>> T max(T one, T other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
