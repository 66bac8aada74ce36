package dev.interdict.server.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Says when a device should come again, so that a herd that comes at once comes spread over one
/// interval the next time, and stays so: a device keeps its pace unless it would meet a crowd, and
/// is then given the emptier of two random seconds within half an interval of it. What is counted
/// is this server's own; others count theirs.
///
/// A fleet that is larger than this server can serve comes more rarely: for an interval after
/// somebody had to be sent away, everybody is asked to come up to half an interval later than
/// usual, which agents follow, so that less of the server's time goes into sending them away.
/// Thread-safe.
public final class CheckIns {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final int interval;

  /// How many were asked to come in each second, as a ring: the present one and two intervals on.
  private final int[] seconds;

  private long present;
  private long coming;
  private long sentAway = Long.MIN_VALUE;

  /// @param interval between two contacts of one device, in whole seconds
  public CheckIns(InstantSource clock, RandomGenerator random, Duration interval) {
    this.clock = clock;
    this.random = random;
    this.interval = Math.toIntExact(Math.max(2, interval.toSeconds()));
    this.seconds = new int[2 * this.interval];
    this.present = clock.instant().getEpochSecond();
  }

  /// In how many seconds the device that is being answered should come again.
  public synchronized int next() {
    goOn(clock.instant().getEpochSecond());
    if (sentAway > present - interval) {
      return asked(emptier(interval, interval / 2));
    }
    var isCrowd = 2L * load(interval) * interval > 3 * coming + 4L * interval;
    return asked(isCrowd ? emptier(interval / 2, interval) : interval);
  }

  /// The same for a device that is sent away, since more come than are served.
  public synchronized int later() {
    goOn(clock.instant().getEpochSecond());
    sentAway = present;
    return next();
  }

  private int asked(int second) {
    seconds[index(second)]++;
    coming++;
    return second;
  }

  /// The emptier of two random seconds from `first` on.
  private int emptier(int first, int range) {
    var one = first + random.nextInt(Math.max(1, range));
    var other = first + random.nextInt(Math.max(1, range));
    return load(one) <= load(other) ? one : other;
  }

  private int load(int second) {
    return seconds[index(second)];
  }

  private int index(int second) {
    return (int) ((present + second) % seconds.length);
  }

  private void goOn(long now) {
    // A clock that was set back goes on counting where it was.
    for (var steps = Math.min(now - present, seconds.length); steps > 0; steps--) {
      coming -= seconds[index(0)];
      seconds[index(0)] = 0;
      present++;
    }
    present = Math.max(present, now);
  }
}
