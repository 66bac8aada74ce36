package dev.interdict.agent.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A wall clock that goes with real time and can be set wrong.
public final class FixedWallClock implements InstantSource {
  private final FixedBootClock time;
  private final Instant begin;
  private Duration wrong = Duration.ZERO;

  /// Right until it is set, on a machine that begins at `begin`.
  public FixedWallClock(FixedBootClock time, Instant begin) {
    this.time = time;
    this.begin = begin;
  }

  /// The time that it really is.
  public Instant real() {
    return begin.plus(time.passed());
  }

  /// Sets it: by how much it is ahead of real time from now on; negative for behind.
  public void set(Duration ahead) {
    wrong = ahead;
  }

  @Override
  public Instant instant() {
    return real().plus(wrong);
  }
}
