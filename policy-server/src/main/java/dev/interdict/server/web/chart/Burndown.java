package dev.interdict.server.web.chart;

import dev.interdict.server.compliance.Forecast;
import dev.interdict.server.web.Words;
import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Devices that still have the software, from the announcement to the effective date and past it.
///
/// @param points measured, oldest first
/// @param announced when employees were first told
/// @param effective from when the agents act
/// @param marks events to name on the line, such as a wave of notices
/// @param forecast null where there is too little to go by
/// @param cut whether the drawing ends at `now`, wherever the date is
public record Burndown(
    List<Point> points,
    Instant announced,
    Instant effective,
    Instant now,
    List<Mark> marks,
    @Nullable Forecast forecast,
    ZoneId zone,
    boolean cut) {

  /// The size of the wide drawing.
  public static final double WIDTH = Paper.Size.WIDE.width;

  public static final double HEIGHT = Paper.Size.WIDE.height;

  /// Two days follow one another within 25 hours; after a day that is missing it is 47.
  private static final Duration GAP = Duration.ofHours(36);

  /// An event on the line.
  public record Mark(Instant at, String label) {}

  /// One in which the date is in sight.
  public Burndown(
      List<Point> points,
      Instant announced,
      Instant effective,
      Instant now,
      List<Mark> marks,
      @Nullable Forecast forecast,
      ZoneId zone) {
    this(points, announced, effective, now, marks, forecast, zone, false);
  }

  public Burndown {
    points = List.copyOf(points);
    marks = List.copyOf(marks);
  }

  /// The drawing for a wide column.
  public Content wide(Words words) {
    return svg(words, Paper.Size.WIDE);
  }

  /// The drawing for a phone: fewer labels, same data.
  public Content narrow(Words words) {
    return svg(words, Paper.Size.NARROW);
  }

  /// The wide drawing of a time that is over, on another canvas: [#WIDTH] wide and [#HEIGHT] high.
  public void drawOn(Canvas canvas, Words words) {
    new BurndownDrawing(this, words, Paper.Size.WIDE, canvas, "chart.last").draw();
  }

  /// The drawing in one sentence, for whoever does not see it.
  private String summary(Words words) {
    var date = words.dateTime(effective, zone);
    if (points.isEmpty()) {
      return words.text("chart.summary.none", date);
    }
    var first = points.getFirst();
    return words.text(
        "chart.summary",
        first.count(),
        words.dateTime(first.at(), zone),
        points.getLast().count(),
        date);
  }

  private Content svg(Words words, Paper.Size size) {
    var svg =
        new Svg()
            .start(
                "svg",
                "class",
                "chart " + (size == Paper.Size.WIDE ? "wide" : "narrow"),
                "viewBox",
                "0 0 " + Svg.number(size.width) + " " + Svg.number(size.height),
                "role",
                "img",
                "aria-label",
                summary(words));
    new BurndownDrawing(this, words, size, new SvgCanvas(svg), "chart.now").draw();
    return svg.end();
  }

  /// At most `most` of the points, first and last among them; for the table view.
  public List<Point> thinned(int most) {
    if (points.size() <= most) {
      return points;
    }
    var step = (points.size() - 1) / (double) (most - 1);
    return IntStream.range(0, most).mapToObj(i -> points.get((int) Math.round(i * step))).toList();
  }

  /// The points as lines to draw, at most about `most` in all: where a day or more was not sampled
  /// one ends and the next begins, since nobody knows what was in between.
  List<List<Point>> lines(int most) {
    var kept = new HashSet<>(thinned(most));
    var lines = new ArrayList<List<Point>>();
    for (var i = 0; i < points.size(); i++) {
      var begins = i == 0 || isGap(points.get(i - 1), points.get(i));
      var ends = i == points.size() - 1 || isGap(points.get(i), points.get(i + 1));
      if (begins) {
        lines.add(new ArrayList<>());
      }
      if (begins || ends || kept.contains(points.get(i))) {
        lines.getLast().add(points.get(i));
      }
    }
    return List.copyOf(lines);
  }

  private static boolean isGap(Point one, Point next) {
    return Duration.between(one.at(), next.at()).compareTo(GAP) > 0;
  }

  /// Whether there is a line to draw, not only an axis.
  public boolean hasCourse() {
    return points.size() > 1;
  }

  /// Whether the date is in the drawing.
  boolean hasDate() {
    return !effective.isAfter(end()) && !effective.isBefore(start());
  }

  Instant start() {
    var first = points.isEmpty() ? announced : points.getFirst().at();
    var early = Duration.between(announced, first).abs();
    return early.compareTo(Duration.between(first, effective).abs().dividedBy(2)) < 0
        ? (announced.isBefore(first) ? announced : first)
        : first;
  }

  Instant end() {
    var coming = effective.isAfter(now) && !cut;
    var last = coming ? effective : now;
    var span = Duration.between(start(), last);
    var margin = span.dividedBy(coming ? 6 : 14);
    return last.plus(margin.isPositive() ? margin : Duration.ofSeconds(30));
  }

  long most() {
    var measured = points.stream().mapToLong(Point::count).max().orElse(0);
    return Math.max(1, measured);
  }
}
