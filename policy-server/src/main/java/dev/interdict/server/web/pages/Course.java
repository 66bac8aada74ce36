package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Forecast;
import dev.interdict.server.compliance.Sample;
import dev.interdict.server.compliance.Total;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.chart.Burndown;
import dev.interdict.server.web.chart.Burndown.Mark;
import dev.interdict.server.web.chart.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a rule's count went down so far, and what can be said from it.
///
/// @param fewer than at `since`; null before a second measurement
/// @param until the last day that is shown; null where it is now
/// @param pace fewer devices a day; null while less than two days are known
/// @param pause seconds until looking again is worth it: short when the whole course is short
record Course(
    Burndown burndown,
    @Nullable Long fewer,
    Instant since,
    @Nullable Instant until,
    @Nullable Long pace,
    long pause) {
  private static final Duration PACE_OVER = Duration.ofDays(5);
  private static final Duration PACE_LEAST = Duration.ofDays(2);

  /// @param period in which it is shown. Pace and forecast are of all that is known since the
  ///   announcement
  static Course of(Fleet fleet, Rule rule, Total now, Period period, Words words) {
    var timeline = rule.timeline();
    var zone = fleet.shown(rule);
    var since = period.start(now.at(), zone);
    var until = period.end(now.at(), zone);
    var effective = timeline.effectiveAt(timeline.zone());
    var announced = timeline.announceAt();
    var all = points(fleet, rule, earlier(announced, since), now);
    var told = all.stream().filter(point -> !point.at().isBefore(announced)).toList();
    var first = since == null ? Instant.MIN : since;
    var points =
        all.stream()
            .filter(point ->
                !point.at().isBefore(first) && (until == null || point.at().isBefore(until)))
            .toList();
    var forecast =
        Forecast.of(
            told.stream().map(point -> new Sample(point.at(), point.count())).toList(), timeline);
    var marks = new ArrayList<Mark>();
    for (var before : timeline.reminders()) {
      marks.add(
          new Mark(effective.minus(before), words.text("chart.reminder", words.rough(before))));
    }
    for (var ring : rule.scope().rings()) {
      marks.add(new Mark(ring.at().atZone(timeline.zone()).toInstant(), ring.name()));
    }
    marks.sort(Comparator.comparing(Mark::at));
    var burndown =
        new Burndown(
            points,
            since != null && since.isAfter(announced) ? since : announced,
            effective,
            until == null ? now.at() : until,
            marks,
            until == null ? forecast : null,
            zone,
            until != null);
    return new Course(
        burndown,
        burndown.hasCourse() ? points.getFirst().count() - points.getLast().count() : null,
        points.isEmpty() ? now.at() : points.getFirst().at(),
        until == null || points.isEmpty() ? null : points.getLast().at(),
        pace(told),
        pause(burndown, effective));
  }

  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  /// What was sampled since the announcement, and what counts now.
  static List<Point> points(Fleet fleet, Rule rule, Total now) {
    return points(fleet, rule, rule.timeline().announceAt(), now);
  }

  private static List<Point> points(Fleet fleet, Rule rule, Instant from, Total now) {
    var points = new ArrayList<Point>();
    for (var sample : fleet.compliance().history(rule.id().value(), from, now.at())) {
      points.add(new Point(sample.at(), sample.hasIt()));
    }
    if (now.lastReport() != null) {
      points.add(new Point(now.at(), now.counts().hasIt()));
    }
    return List.copyOf(points);
  }

  private static @Nullable Long pace(List<Point> points) {
    if (points.isEmpty()) {
      return null;
    }
    var last = points.getLast();
    var from = last.at().minus(PACE_OVER);
    for (var point : points) {
      if (!point.at().isBefore(from)) {
        var over = Duration.between(point.at(), last.at());
        return over.compareTo(PACE_LEAST) < 0
            ? null
            : Math.max(0, Math.round((point.count() - last.count()) * 86_400.0 / over.toSeconds()));
      }
    }
    return null;
  }

  private static long pause(Burndown burndown, Instant effective) {
    var course = burndown.points();
    var span =
        course.isEmpty()
            ? Duration.ofMinutes(10)
            : Duration.between(course.getFirst().at(), course.getLast().at());
    var distance = Duration.between(burndown.now(), effective).abs();
    var longer = span.compareTo(distance) > 0 ? span : distance;
    return Math.clamp(longer.toSeconds() / 200, 3, 60);
  }
}
