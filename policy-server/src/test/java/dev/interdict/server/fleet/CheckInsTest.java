package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckInsTest {
  private static final int INTERVAL = 900;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  private final CheckIns checkIns =
      new CheckIns(clock, new Random(1), Duration.ofSeconds(INTERVAL));

  /// One interval after another: whoever comes in a second is told when to come again.
  private int[] again(int[] coming) {
    var next = new int[coming.length + 2 * INTERVAL];
    for (var second = 0; second < coming.length; second++) {
      for (var i = 0; i < coming[second]; i++) {
        next[second + checkIns.next()]++;
      }
      clock.move(Duration.ofSeconds(1));
    }
    return java.util.Arrays.copyOfRange(next, coming.length, next.length);
  }

  private static int peak(int[] seconds) {
    return java.util.Arrays.stream(seconds).max().orElse(0);
  }

  @Test
  void a_herd_that_comes_in_a_minute_comes_spread_over_an_interval() {
    var herd = new int[INTERVAL];
    for (var second = 0; second < 60; second++) {
      herd[second] = 1500;
    }
    // 90,000 devices: 100 a second where they are spread.
    var next = again(herd);
    assertTrue(peak(next) <= 160, () -> "peak " + peak(next));
  }

  @Test
  void devices_that_are_spread_keep_their_pace() {
    var seconds = new int[INTERVAL];
    for (var second = 0; second < INTERVAL; second++) {
      seconds[second] = 10;
    }
    var kept = 0;
    for (var second = 0; second < INTERVAL; second++) {
      for (var i = 0; i < seconds[second]; i++) {
        kept += checkIns.next() == INTERVAL ? 1 : 0;
      }
      clock.move(Duration.ofSeconds(1));
    }
    assertTrue(kept > 10 * INTERVAL / 2, "kept " + kept);
  }

  @Test
  void nobody_is_sent_further_than_half_an_interval_from_its_pace() {
    for (var i = 0; i < 20_000; i++) {
      var next = checkIns.next();
      assertTrue(next >= INTERVAL / 2 && next < INTERVAL / 2 + INTERVAL, "next " + next);
    }
    clock.move(Duration.ofDays(9));
    assertEquals(INTERVAL, checkIns.next());
    clock.move(Duration.ofDays(-9));
    assertTrue(checkIns.next() > 0);
  }

  @Test
  void more_than_is_served_comes_up_to_half_an_interval_later() {
    var most = 0;
    for (var second = 0; second < INTERVAL; second++) {
      for (var i = 0; i < 10; i++) {
        var next = i == 0 && second < 10 ? checkIns.later() : checkIns.next();
        var name = "next " + next + " in second " + second;
        assertTrue(next >= INTERVAL && next < INTERVAL + INTERVAL / 2, name);
        most = Math.max(most, next);
      }
      clock.move(Duration.ofSeconds(1));
    }
    assertTrue(most > INTERVAL + INTERVAL / 4, "most " + most);
  }

  @Test
  void an_interval_after_the_last_was_sent_away_everybody_keeps_their_pace() {
    assertTrue(checkIns.later() >= INTERVAL);
    clock.move(Duration.ofSeconds(INTERVAL - 1));
    var late = 0;
    for (var i = 0; i < 20; i++) {
      late += checkIns.next() > INTERVAL ? 1 : 0;
    }
    assertTrue(late > 10, "late " + late);
    clock.move(Duration.ofSeconds(1));
    assertEquals(INTERVAL, checkIns.next());
  }

  /// Ten times as many as one of a thousand devices' pace, of which nine in ten are sent away: they
  /// come evenly, not in waves with nobody between them.
  @Test
  void those_that_are_sent_away_come_evenly() {
    var next = new int[3 * INTERVAL];
    for (var second = 0; second < INTERVAL; second++) {
      for (var i = 0; i < 10; i++) {
        next[second + (i == 0 ? checkIns.next() : checkIns.later())]++;
      }
      clock.move(Duration.ofSeconds(1));
    }
    var middle = java.util.Arrays.copyOfRange(next, INTERVAL + INTERVAL / 2, 2 * INTERVAL);
    assertTrue(peak(middle) <= 14, () -> "peak " + peak(middle));
    var least = java.util.Arrays.stream(middle).min().orElse(0);
    assertTrue(least >= 6, "least " + least);
  }
}
