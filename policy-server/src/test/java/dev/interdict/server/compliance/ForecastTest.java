package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /// A Monday, 10:00 in Shanghai.
  private static final Instant MONDAY = Instant.parse("2026-06-15T02:00:00Z");

  private static final Instant EFFECTIVE = Instant.parse("2026-07-09T16:00:00Z");

  @Test
  void four_drops_are_too_few_to_say_anything() {
    assertNull(Forecast.of(falling(5), EFFECTIVE, ZONE, new SplittableRandom(1)));
    assertNotNull(Forecast.of(falling(6 + 2), EFFECTIVE, ZONE, new SplittableRandom(1)));
  }

  @Test
  void many_measurements_of_one_day_are_one_day() {
    var points = new ArrayList<Sample>();
    for (var i = 0; i < 100; i++) {
      points.add(new Sample(MONDAY.plus(Duration.ofMinutes(i)), 500 - i));
    }
    assertNull(Forecast.of(points, EFFECTIVE, ZONE, new SplittableRandom(1)));
  }

  @Test
  void there_is_nothing_to_forecast_once_the_date_has_passed() {
    assertNull(Forecast.of(falling(12), MONDAY, ZONE, new SplittableRandom(1)));
    assertNull(Forecast.of(List.of(), EFFECTIVE, ZONE, new SplittableRandom(1)));
  }

  @Test
  void it_starts_at_the_last_measurement_and_ends_at_the_date() {
    var points = falling(12);
    var steps = steps(points);
    var last = points.getLast();
    assertEquals(
        new Forecast.Step(last.at(), last.hasIt(), last.hasIt(), last.hasIt()), steps.getFirst());
    assertEquals(EFFECTIVE, steps.getLast().at());
    for (var step : steps) {
      assertTrue(step.low() <= step.median() && step.median() <= step.high(), step.toString());
    }
    assertTrue(steps.getLast().median() < last.hasIt());
  }

  @Test
  void weekends_stand_still() {
    var friday = falling(12);
    var steps = steps(friday);
    assertEquals(steps.get(0).median(), steps.get(1).median());
    assertEquals(steps.get(1).median(), steps.get(2).median());
    assertTrue(steps.get(3).median() < steps.get(2).median());
  }

  @Test
  void the_same_data_give_the_same_forecast() {
    assertEquals(
        Forecast.of(falling(12), EFFECTIVE, ZONE, new SplittableRandom(7)),
        Forecast.of(falling(12), EFFECTIVE, ZONE, new SplittableRandom(7)));
  }

  private static List<Forecast.Step> steps(List<Sample> points) {
    var forecast = Forecast.of(points, EFFECTIVE, ZONE, new SplittableRandom(1));
    if (forecast == null) {
      throw new AssertionError("no forecast");
    }
    return forecast.steps();
  }

  /// One measurement a day, a tenth less each workday.
  private static List<Sample> falling(int days) {
    var points = new ArrayList<Sample>();
    var count = 1000.0;
    for (var day = 0; day < days; day++) {
      var at = MONDAY.plus(Duration.ofDays(day));
      if (day > 0 && at.atZone(ZONE).getDayOfWeek().getValue() <= 5) {
        count *= 0.9;
      }
      points.add(new Sample(at, Math.round(count)));
    }
    return points;
  }
}
