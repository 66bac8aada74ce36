package dev.interdict.agent.guard;

import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.time.AwakeTime;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.report.Problem;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Looks after the trusted clock while the guard lives: watches the wall clock, says what is wrong
/// with the time, and keeps the mark on disk.
///
/// @param file where the mark is kept
/// @param awake how long the device was awake
record Timekeeper(TrustedClock clock, Path file, AwakeTime awake, Reporter reporter) {
  /// A crash or a power cut costs at most this much of the time that was counted.
  static final Duration EVERY = Duration.ofMinutes(5);

  /// What keeping the time takes at most, on a disk that is busy.
  private static final Duration GRACE = Duration.ofMinutes(2);

  /// To be called after each exchange and every few minutes in between.
  void keep() throws IOException {
    var moved = clock.look();
    var view = clock.view();
    if (moved || view.disputed() != null && view.wallDisproved()) {
      reporter.problem(Problem.CLOCK_STEPPED, null);
    }
    if (view.outOfContact() || view.disputed() != null && !view.wallDisproved()) {
      reporter.problem(Problem.CLOCK_UNTRUSTED, null);
    }
    ClockFile.save(file, clock.mark());
    awake.keep();
  }

  /// Waits for `time` by the clock that counts suspension, or until the board is woken; keeps the
  /// time meanwhile.
  ///
  /// @return whether it was woken
  boolean sleep(Duration time, Board board, Duration every, Pulse pulse)
      throws IOException, InterruptedException {
    var until = clock.now().plus(time);
    var left = time;
    while (left.isPositive()) {
      var piece = left.compareTo(every) < 0 ? left : every;
      pulse.expect(piece.plus(GRACE));
      if (board.waitFor(piece)) {
        return true;
      }
      keep();
      left = least(left.minus(piece), until);
    }
    return false;
  }

  private Duration least(Duration left, Instant until) {
    var byClock = Duration.between(clock.now(), until);
    return byClock.compareTo(left) < 0 ? byClock : left;
  }
}
