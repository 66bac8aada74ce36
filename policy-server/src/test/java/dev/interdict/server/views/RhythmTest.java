package dev.interdict.server.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.views.Rhythm.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("any-database")
class RhythmTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "DAY,1,9,2026-07-01T06:59:59Z,2026-07-01T07:00:00Z",
    "DAY,1,9,2026-07-01T07:00:00Z,2026-07-02T07:00:00Z",
    "WEEK,1,9,2026-07-01T07:00:00Z,2026-07-06T07:00:00Z",
    "WEEK,3,9,2026-07-01T06:00:00Z,2026-07-01T07:00:00Z",
    "WEEK,7,0,2026-07-05T21:59:00Z,2026-07-11T22:00:00Z",
    "MONTH,28,9,2026-01-29T00:00:00Z,2026-02-28T08:00:00Z",
    "MONTH,1,9,2026-12-31T00:00:00Z,2027-01-01T08:00:00Z",
    // The hour that the clock leaves out in spring, and has twice in autumn.
    "DAY,1,2,2026-03-28T12:00:00Z,2026-03-29T01:00:00Z",
    "DAY,1,2,2026-10-24T12:00:00Z,2026-10-25T00:00:00Z",
    "DAY,1,2,2026-10-25T00:00:00Z,2026-10-26T01:00:00Z"
  })
  void the_next_turn_is_the_first_after(
      Every every, int on, int hour, Instant then, Instant expected) {
    assertEquals(expected, new Rhythm(every, on, hour, BERLIN).after(then));
  }

  @Test
  void turns_of_two_years_come_one_after_the_other_and_none_twice() {
    for (var every : Every.values()) {
      var rhythm = new Rhythm(every, 1, 2, BERLIN);
      var then = Instant.parse("2026-01-01T00:00:00Z");
      var turns = 0;
      while (then.isBefore(Instant.parse("2028-01-01T00:00:00Z"))) {
        var next = rhythm.after(then);
        assertTrue(next.isAfter(then));
        assertTrue(Duration.between(then, next).compareTo(Duration.ofDays(32)) < 0);
        then = next;
        turns++;
      }
      assertEquals(
          switch (every) {
            case DAY -> 731;
            case WEEK -> 105;
            case MONTH -> 25;
          },
          turns);
    }
  }

  @Test
  void a_day_that_does_not_always_come_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(Every.DAY, 2, 9, BERLIN));
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(Every.WEEK, 8, 9, BERLIN));
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(Every.MONTH, 29, 9, BERLIN));
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(Every.MONTH, 1, 24, BERLIN));
  }
}
