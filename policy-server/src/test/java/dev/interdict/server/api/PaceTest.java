package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  private final Pace pace = new Pace(clock, 3, 1);

  @Test
  void whoever_asks_too_much_waits_until_the_minute_is_over() {
    for (var i = 0; i < 3; i++) {
      assertEquals(0, pace.wait("anna", false));
    }
    var wait = pace.wait("anna", false);
    assertTrue(wait > 0 && wait <= 61);
    clock.move(Duration.ofSeconds(wait));
    assertEquals(0, pace.wait("anna", false));
  }

  @Test
  void changes_and_other_accounts_count_apart() {
    for (var i = 0; i < 4; i++) {
      pace.wait("anna", false);
    }
    assertEquals(0, pace.wait("anna", true));
    assertTrue(pace.wait("anna", true) > 0);
    assertEquals(0, pace.wait("bo", false));
  }
}
