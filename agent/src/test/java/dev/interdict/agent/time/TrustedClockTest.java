package dev.interdict.agent.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.Witness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What each source of time can do, alone and together. `clock` is the device's, `wall.real()` is
/// what an honest server states.
class TrustedClockTest {
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_YEARS = Duration.ofDays(3652);

  private final FixedBootClock boot = new FixedBootClock();
  private final FixedWallClock wall = new FixedWallClock(boot, JULY);
  private TrustedClock clock = new TrustedClock(boot, wall, null, JULY);

  private void restart() {
    clock = new TrustedClock(boot, wall, clock.mark(), Instant.EPOCH);
  }

  private void reboot(Duration off) {
    var mark = clock.mark();
    boot.reboot(off);
    clock = new TrustedClock(boot, wall, mark, Instant.EPOCH);
  }

  private boolean hearReal() {
    return clock.heard(wall.real());
  }

  private Duration behind() {
    return Duration.between(clock.now(), wall.real());
  }

  // The boot clock.

  @Test
  void goes_on_by_the_boot_clock_and_so_through_suspension() {
    boot.pass(Duration.ofHours(5));
    assertEquals(JULY.plus(Duration.ofHours(5)), clock.now());
  }

  @Test
  void goes_on_from_its_mark_after_a_restart_of_the_agent() {
    var mark = clock.mark();
    boot.pass(Duration.ofHours(2));
    clock = new TrustedClock(boot, wall, mark, Instant.EPOCH);
    assertEquals(wall.real(), clock.now());
  }

  @Test
  void time_powered_off_is_not_counted_but_uptime_after_it_is() {
    reboot(Duration.ofDays(3));
    boot.pass(Duration.ofMinutes(7));
    assertEquals(JULY.plus(Duration.ofMinutes(7)), clock.now());
  }

  @Test
  void uptime_before_the_agent_starts_counts() {
    var mark = clock.mark();
    boot.reboot();
    boot.pass(Duration.ofMinutes(7));
    clock = new TrustedClock(boot, wall, mark, Instant.EPOCH);
    assertEquals(wall.real(), clock.now());
  }

  @Test
  void a_machine_set_back_to_a_snapshot_of_this_boot_goes_on() {
    boot.pass(DAY);
    var mark = clock.mark();
    var earlier = new FixedBootClock();
    clock = new TrustedClock(earlier, wall, mark, Instant.EPOCH);
    earlier.pass(HOUR);
    assertEquals(JULY.plus(DAY).plus(HOUR), clock.now());
  }

  // The wall clock alone.

  @Test
  void the_wall_clock_alone_moves_nothing() {
    for (var wrong : new Duration[] {TEN_YEARS, TEN_YEARS.negated(), HOUR, HOUR.negated()}) {
      wall.set(wrong);
      clock.look();
      assertEquals(JULY, clock.now());
      restart();
      assertEquals(JULY, clock.now());
      reboot(Duration.ZERO);
      assertEquals(JULY, clock.now());
    }
  }

  @Test
  void a_step_of_the_wall_clock_is_seen_and_remembered_until_the_next_boot() {
    boot.pass(DAY);
    assertFalse(clock.look());
    wall.set(Duration.ofMinutes(-1));
    assertFalse(clock.look(), "a time daemon does that");
    wall.set(Duration.ofMinutes(10));
    assertTrue(clock.look());
    assertFalse(clock.look());
    assertTrue(clock.view().stepped());
    restart();
    assertTrue(clock.view().stepped());
    reboot(DAY);
    assertFalse(clock.look());
    assertFalse(clock.view().stepped());
  }

  @Test
  void a_step_while_the_agent_did_not_run_is_seen_at_its_start() {
    wall.set(TEN_YEARS);
    restart();
    assertTrue(clock.look());
  }

  // Server and wall clock together.

  @Test
  void a_statement_that_the_wall_clock_bears_out_counts_at_once() {
    reboot(Duration.ofDays(20));
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
    assertEquals(Witness.SERVER, clock.view().by());
  }

  @Test
  void an_older_statement_changes_nothing_and_confirms_nothing() {
    assertFalse(clock.heard(JULY.minus(Duration.ofDays(400))));
    assertEquals(JULY, clock.now());
    for (var hours = 0; hours < 73; hours++) {
      boot.pass(HOUR);
      assertFalse(clock.heard(JULY.minus(Duration.ofDays(400)).plus(boot.passed())));
    }
    assertTrue(clock.view().outOfContact());
  }

  @Test
  void set_forward_the_wall_clock_lets_no_more_in_than_the_server_states() {
    reboot(DAY);
    wall.set(TEN_YEARS);
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
  }

  @Test
  void where_both_leap_a_second_pair_must_agree_ten_minutes_later() {
    reboot(Duration.ofDays(90));
    assertFalse(hearReal());
    boot.pass(Duration.ofMinutes(9));
    assertFalse(hearReal());
    boot.pass(Duration.ofMinutes(1));
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
  }

  @Test
  void one_wrong_leap_does_not_confirm_another_nor_keep_right_ones_out() {
    reboot(Duration.ofDays(90));
    assertFalse(clock.heard(Instant.parse("2099-01-01T00:00:00Z")));
    boot.pass(Duration.ofMinutes(15));
    assertFalse(hearReal());
    boot.pass(Duration.ofMinutes(15));
    assertTrue(hearReal());
  }

  // A thief of the online keys, or a server whose clock is wrong.

  @Test
  void against_a_right_wall_clock_a_wrong_server_gains_an_hour_however_it_goes_about_it() {
    for (var step : new Duration[] {Duration.ofMinutes(59), HOUR, DAY, Duration.ofDays(29)}) {
      var stated = wall.real();
      for (var day = 0; day < 60; day++) {
        for (var poll = 0; poll < 96; poll++) {
          boot.pass(Duration.ofMinutes(15));
          stated = stated.plus(step);
          clock.heard(stated);
          clock.read(stated);
          assertFalse(behind().plus(HOUR).isNegative(), () -> "early by " + behind().negated());
        }
        reboot(Duration.ofHours(day % 3));
      }
    }
  }

  @Test
  void insisting_gains_a_wrong_server_no_more() {
    var stated = JULY.plus(Duration.ofDays(20));
    for (var hours = 0; hours < 24 * 30; hours++) {
      clock.heard(stated.plus(boot.passed()));
      boot.pass(HOUR);
    }
    assertFalse(behind().plus(HOUR).isNegative());
    assertTrue(clock.view().outOfContact());
  }

  @Test
  void a_server_that_is_behind_only_delays() {
    boot.pass(DAY);
    assertFalse(clock.heard(JULY));
    assertTrue(clock.heard(wall.real().minus(Duration.ofMinutes(50))));
    assertEquals(wall.real(), clock.now());
  }

  // Whoever sets the wall clock back.

  @Test
  void set_back_in_the_same_boot_the_date_stays_and_is_confirmed() {
    wall.set(TEN_YEARS.negated());
    for (var hours = 0; hours < 200; hours++) {
      boot.pass(HOUR);
      assertTrue(hearReal());
    }
    assertEquals(wall.real(), clock.now());
    assertFalse(clock.view().outOfContact());
  }

  @Test
  void set_back_before_a_boot_it_gains_seventy_two_hours_of_uptime_and_no_more() {
    wall.set(TEN_YEARS.negated());
    for (var hours = 0; hours < 72; hours++) {
      if (hours % 8 == 0) {
        reboot(Duration.ofHours(16));
      }
      assertFalse(hearReal());
      boot.pass(HOUR);
    }
    assertTrue(clock.view().wallDisproved());
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
  }

  @Test
  void what_people_signed_ends_it_sooner() {
    wall.set(TEN_YEARS.negated());
    reboot(Duration.ofDays(5));
    assertFalse(hearReal());
    clock.vouched(wall.real().minus(HOUR));
    assertTrue(hearReal());
    assertEquals(HOUR, behind());
  }

  @Test
  void a_server_that_changes_its_mind_starts_the_seventy_two_hours_anew() {
    wall.set(TEN_YEARS.negated());
    reboot(DAY);
    assertFalse(hearReal());
    boot.pass(Duration.ofHours(71));
    assertFalse(clock.heard(wall.real().plus(DAY)));
    boot.pass(HOUR);
    assertFalse(hearReal());
    boot.pass(Duration.ofHours(71));
    assertFalse(hearReal());
    boot.pass(HOUR);
    assertTrue(hearReal());
  }

  @Test
  void small_steps_within_a_boot_do_not_add_up_to_agreement() {
    wall.set(TEN_YEARS.negated());
    reboot(DAY);
    var stated = wall.real();
    for (var hours = 0; hours < 500; hours++) {
      assertFalse(clock.heard(stated));
      boot.pass(HOUR);
      stated = stated.plus(HOUR).plus(Duration.ofMinutes(40));
    }
  }

  @Test
  void a_paused_machine_is_behind_until_its_wall_clock_is_right_again() {
    boot.pause(Duration.ofDays(3));
    wall.set(Duration.ofDays(-3));
    assertFalse(hearReal());
    assertEquals(Duration.ofDays(3), behind().plus(HOUR));
    wall.set(Duration.ZERO);
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
  }

  // People's signatures.

  @Test
  void what_people_signed_counts_at_once_and_alone() {
    clock.vouched(JULY.plus(Duration.ofDays(90)));
    assertEquals(JULY.plus(Duration.ofDays(90)), clock.now());
    assertEquals(Witness.SIGNED_FILE, clock.view().by());
    clock.vouched(JULY);
    assertEquals(JULY.plus(Duration.ofDays(90)), clock.now());
  }

  @Test
  void what_the_server_signs_by_itself_is_no_more_than_its_word() {
    clock.read(JULY.plus(Duration.ofDays(90)));
    clock.read(JULY.plus(Duration.ofDays(2)));
    assertEquals(JULY.plus(HOUR), clock.now());
    reboot(Duration.ofDays(2));
    clock.read(wall.real().minus(HOUR));
    assertEquals(HOUR, behind());
    assertFalse(clock.view().outOfContact());
  }

  @Test
  void a_reset_is_the_one_way_back_and_the_next_honest_statement_moves_on() {
    wall.set(TEN_YEARS);
    var poison = wall.instant();
    clock.heard(poison);
    boot.pass(Duration.ofMinutes(10));
    assertTrue(clock.heard(poison.plus(Duration.ofMinutes(10))));
    wall.set(Duration.ZERO);
    assertFalse(hearReal());
    assertTrue(clock.now().isAfter(poison));
    var issued = wall.real().minus(DAY);
    clock.reset(issued);
    assertEquals(issued, clock.now());
    assertEquals(wall.real(), clock.estimate());
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.now());
  }

  // What is asked besides.

  @Test
  void expiry_is_judged_by_the_wall_clock_only_until_the_server_confirms_the_time() {
    wall.set(TEN_YEARS);
    assertEquals(wall.instant(), clock.estimate());
    assertTrue(hearReal());
    assertEquals(wall.real(), clock.estimate());
    restart();
    assertEquals(wall.real(), clock.estimate());
    reboot(DAY);
    assertEquals(wall.instant(), clock.estimate());
    wall.set(TEN_YEARS.negated());
    assertEquals(clock.now(), clock.estimate());
  }

  @Test
  void out_of_contact_means_seventy_two_hours_of_uptime_over_all_boots() {
    assertTrue(hearReal());
    for (var day = 0; day < 9; day++) {
      assertFalse(clock.view().outOfContact());
      reboot(Duration.ofHours(16));
      boot.pass(Duration.ofHours(8));
    }
    assertTrue(clock.view().outOfContact());
    assertTrue(hearReal());
    assertFalse(clock.view().outOfContact());
  }

  @Test
  void a_wrong_server_brings_no_uptime_out_of_contact() {
    assertTrue(hearReal());
    reboot(Duration.ofDays(10));
    assertFalse(clock.heard(wall.real().plus(DAY)));
    boot.pass(Duration.ofMinutes(15));
    assertFalse(clock.heard(wall.real().plus(DAY)));
    assertTrue(behind().isNegative());
    assertFalse(clock.view().outOfContact());
    restart();
    boot.pass(Duration.ofHours(71));
    assertFalse(clock.view().outOfContact());
    boot.pass(HOUR);
    assertTrue(clock.view().outOfContact());
  }

  @Test
  void requests_carry_the_time_of_the_server_that_judges_them() {
    wall.set(TEN_YEARS.negated());
    reboot(Duration.ofDays(5));
    assertFalse(hearReal());
    boot.pass(HOUR);
    assertEquals(wall.real(), clock.serverTime());
  }
}
