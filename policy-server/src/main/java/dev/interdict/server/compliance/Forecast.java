package dev.interdict.server.compliance;

import dev.interdict.policy.Timeline;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where the count will probably stand at the effective date: the last ten workdays' relative
/// drops, drawn again 200 times. Workdays are Monday to Friday; weekends stand still.
///
/// @param steps from the last measurement to the effective date
public record Forecast(List<Step> steps) {
  private static final int DRAWS = 200;
  private static final int LEAST_DAYS = 5;
  private static final int DAYS = 10;
  private static final int MOST_AHEAD = 120;

  /// The median of the draws at an instant, and their 10 and 90 per cent.
  public record Step(Instant at, long low, long median, long high) {}

  public Forecast {
    steps = List.copyOf(steps);
  }

  /// The forecast of a rule's samples since its announcement, or null under five workdays' drops,
  /// or when the date has passed. Of the same samples the same is drawn, wherever it is shown.
  ///
  /// @param samples oldest first
  public static @Nullable Forecast of(List<Sample> samples, Timeline timeline) {
    var seed = new SplittableRandom(samples.hashCode());
    return of(samples, timeline.effectiveAt(timeline.zone()), timeline.zone(), seed);
  }

  /// The same, of what `random` draws.
  static @Nullable Forecast of(
      List<Sample> samples, Instant effective, ZoneId zone, RandomGenerator random) {
    if (samples.isEmpty() || !effective.isAfter(samples.getLast().at())) {
      return null;
    }
    var drops = drops(samples, zone);
    if (drops.size() < LEAST_DAYS) {
      return null;
    }
    var last = samples.getLast();
    var draws = new double[DRAWS];
    Arrays.fill(draws, (double) last.hasIt());
    var steps = new ArrayList<Step>();
    steps.add(new Step(last.at(), last.hasIt(), last.hasIt(), last.hasIt()));
    var at = last.at();
    while (at.isBefore(effective) && steps.size() <= MOST_AHEAD) {
      var next = at.plus(Duration.ofDays(1));
      var share =
          next.isAfter(effective) ? Duration.between(at, effective).toMinutes() / 1440.0 : 1.0;
      at = next.isAfter(effective) ? effective : next;
      if (workday(at.minusSeconds(1), zone)) {
        for (var i = 0; i < DRAWS; i++) {
          draws[i] *= Math.pow(drops.get(random.nextInt(drops.size())), share);
        }
      }
      steps.add(step(at, draws));
    }
    return new Forecast(steps);
  }

  /// What the last workdays left of the day before, as factors.
  private static List<Double> drops(List<Sample> samples, ZoneId zone) {
    var byDay = new TreeMap<java.time.LocalDate, Long>();
    samples.forEach(sample -> byDay.put(sample.at().atZone(zone).toLocalDate(), sample.hasIt()));
    var drops = new ArrayList<Double>();
    Long before = null;
    for (var day : byDay.entrySet()) {
      if (before != null && before > 0 && workday(day.getKey().getDayOfWeek())) {
        drops.add(day.getValue() / (double) before);
      }
      before = day.getValue();
    }
    return drops.subList(Math.max(0, drops.size() - DAYS), drops.size());
  }

  private static Step step(Instant at, double[] draws) {
    var sorted = draws.clone();
    Arrays.sort(sorted);
    return new Step(
        at,
        Math.round(sorted[DRAWS / 10]),
        Math.round(sorted[DRAWS / 2]),
        Math.round(sorted[DRAWS * 9 / 10]));
  }

  private static boolean workday(Instant at, ZoneId zone) {
    return workday(at.atZone(zone).with(LocalTime.MIDNIGHT).getDayOfWeek());
  }

  private static boolean workday(DayOfWeek day) {
    return day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
  }
}
