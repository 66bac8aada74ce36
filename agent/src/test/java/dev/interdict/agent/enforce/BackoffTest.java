package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant START = Instant.parse("2026-07-10T00:00:00Z");

  @Test
  void what_comes_back_is_removed_at_once_and_then_ever_later() {
    var removals = new ArrayList<Instant>();
    var waited = new ArrayList<Long>();
    for (var now = START; removals.size() < Backoff.MOST_RETURNS; now = now.plusSeconds(30)) {
      if (Backoff.permitsAgain(removals, now)) {
        waited.add(removals.isEmpty() ? 0 : Duration.between(removals.getLast(), now).toSeconds());
        removals.add(now);
      }
    }
    assertEquals(List.of(0L, 30L, 30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L), waited);
    assertFalse(Backoff.permitsAgain(removals, START.plus(Duration.ofDays(30))));
    assertTrue(Backoff.rests(removals));
  }

  @Test
  void pauses_grow_and_end_in_rest() {
    var tries = new ArrayList<Long>();
    Instant last = null;
    for (var minute = 0L; minute < 60 * 24 * 30; minute++) {
      var now = START.plus(Duration.ofMinutes(minute));
      if (Backoff.permits(tries.size(), last, now)) {
        tries.add(minute);
        last = now;
      }
    }
    assertEquals(List.of(0L, 15L, 45L, 105L, 225L, 465L, 945L, 1905L), tries);
  }

  @Test
  void the_first_try_is_at_once() {
    assertTrue(Backoff.permits(0, START, START));
    assertFalse(Backoff.permits(1, START, START));
  }
}
