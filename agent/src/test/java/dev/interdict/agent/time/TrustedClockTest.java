package dev.interdict.agent.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrustedClockTest {
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

  private final FixedBootClock boot = new FixedBootClock();
  private TrustedClock clock = new TrustedClock(boot, null, JULY);

  @Test
  void goes_on_by_the_boot_clock() {
    boot.pass(Duration.ofHours(5));
    assertEquals(JULY.plus(Duration.ofHours(5)), clock.now());
  }

  @Test
  void a_signed_statement_raises_it_and_an_older_one_changes_nothing() {
    assertTrue(clock.heard(JULY.plus(Duration.ofDays(1))));
    assertTrue(clock.heard(JULY.minus(Duration.ofDays(400))));
    assertEquals(JULY.plus(Duration.ofDays(1)), clock.now());
  }

  @Test
  void goes_on_from_its_mark_after_a_restart_of_the_agent() {
    var mark = clock.mark();
    boot.pass(Duration.ofHours(2));
    clock = new TrustedClock(boot, mark, Instant.EPOCH);
    assertEquals(JULY.plus(Duration.ofHours(2)), clock.now());
  }

  @Test
  void time_powered_off_is_not_counted_but_uptime_after_it_is() {
    var mark = clock.mark();
    boot.reboot();
    boot.pass(Duration.ofMinutes(7));
    clock = new TrustedClock(boot, mark, Instant.EPOCH);
    assertEquals(JULY.plus(Duration.ofMinutes(7)), clock.now());
  }

  @Test
  void one_statement_far_ahead_does_not_bring_dates_on() {
    assertFalse(clock.heard(Instant.parse("2099-01-01T00:00:00Z")));
    assertFalse(clock.heard(Instant.parse("2099-01-01T00:00:01Z")));
    assertEquals(JULY, clock.now());
  }

  @Test
  void two_statements_that_agree_ten_minutes_apart_do() {
    var ahead = JULY.plus(Duration.ofDays(90));
    assertFalse(clock.heard(ahead));
    boot.pass(Duration.ofMinutes(10));
    assertTrue(clock.heard(ahead.plus(Duration.ofMinutes(10))));
    assertEquals(ahead.plus(Duration.ofMinutes(10)), clock.now());
  }

  @Test
  void a_second_statement_that_disagrees_does_not_confirm_the_first() {
    assertFalse(clock.heard(JULY.plus(Duration.ofDays(90))));
    boot.pass(Duration.ofMinutes(10));
    assertFalse(clock.heard(JULY.plus(Duration.ofDays(200))));
    assertEquals(JULY.plus(Duration.ofMinutes(10)), clock.now());
  }

  @Test
  void one_wrong_statement_does_not_keep_right_ones_out_for_ever() {
    var right = JULY.plus(Duration.ofDays(90));
    assertFalse(clock.heard(Instant.parse("2099-01-01T00:00:00Z")));
    boot.pass(Duration.ofMinutes(15));
    assertFalse(clock.heard(right));
    boot.pass(Duration.ofMinutes(15));
    assertTrue(clock.heard(right.plus(Duration.ofMinutes(15))));
  }
}
