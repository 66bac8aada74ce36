package dev.interdict.server.web.chart;

import dev.interdict.server.web.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// One rendering of a [Burndown] at one size; used once.
final class BurndownDrawing {

  /// The paper, in units of the view box.
  enum Sheet {
    WIDE(840, 300, 46, 7, 4),
    NARROW(360, 230, 36, 3, 4);

    final double width;
    final double height;
    final double left;
    final int times;
    final double right;

    Sheet(double width, double height, double left, int times, double right) {
      this.width = width;
      this.height = height;
      this.left = left;
      this.times = times;
      this.right = right;
    }
  }

  private static final double TOP = 36;
  private static final double FOOT = 28;

  private final Burndown data;
  private final Words words;
  private final Sheet sheet;
  private final Svg svg = new Svg();
  private final Instant from;
  private final Duration span;
  private final List<Long> counts;
  private double labelled;

  BurndownDrawing(Burndown data, Words words, Sheet sheet) {
    this.data = data;
    this.words = words;
    this.sheet = sheet;
    this.from = data.start();
    this.span = Duration.between(from, data.end());
    this.counts = Ticks.counts(data.most());
  }

  Svg draw() {
    svg.start(
        "svg",
        "class",
        "chart " + (sheet == Sheet.WIDE ? "wide" : "narrow"),
        "viewBox",
        "0 0 " + Svg.number(sheet.width) + " " + Svg.number(sheet.height),
        "role",
        "img",
        "aria-label",
        summary());
    after();
    axes();
    course();
    forecast();
    date();
    events();
    return svg.end();
  }

  private String summary() {
    var date = words.dateTime(data.effective(), data.zone());
    if (data.points().isEmpty()) {
      return words.text("chart.summary.none", date);
    }
    var first = data.points().getFirst();
    return words.text(
        "chart.summary",
        first.count(),
        words.dateTime(first.at(), data.zone()),
        data.points().getLast().count(),
        date);
  }

  private void after() {
    var x = x(data.effective());
    svg.leaf(
        "rect",
        "class",
        "after",
        "x",
        x,
        "y",
        TOP,
        "width",
        Math.max(0, sheet.width - sheet.right - x),
        "height",
        floor() - TOP);
  }

  private void axes() {
    for (var count : counts) {
      svg.leaf(
          "line",
          "class",
          count == 0 ? "axis" : "grid",
          "x1",
          sheet.left,
          "x2",
          sheet.width - sheet.right,
          "y1",
          y(count),
          "y2",
          y(count));
      label(words.number(count), sheet.left - 8, y(count) + 4, "end", "num");
    }
    var ticks = Ticks.times(from, from.plus(span), data.effective(), sheet.times, data.zone());
    for (var at : ticks.at()) {
      var x = x(at);
      if (x > sheet.left + 4 && x < sheet.width - 30) {
        label(words.tick(at, data.zone(), ticks.step()), x, sheet.height - 8, "middle", "num");
      }
    }
  }

  private void course() {
    var points = data.thinned(240);
    if (points.size() < 2) {
      label(
          words.text("chart.waiting"),
          (sheet.left + sheet.width) / 2 - 40,
          (TOP + floor()) / 2,
          "middle",
          "halo");
      return;
    }
    var line = path(points, point -> y(point.count()));
    var last = points.getLast();
    svg.leaf(
        "path",
        "class",
        "area",
        "d",
        line
            + "L"
            + Svg.number(x(last.at()))
            + " "
            + Svg.number(floor())
            + "L"
            + Svg.number(x(points.getFirst().at()))
            + " "
            + Svg.number(floor())
            + "Z");
    svg.leaf("path", "class", "line", "d", line);
  }

  private void forecast() {
    var forecast = data.forecast();
    if (forecast == null || data.points().isEmpty()) {
      return;
    }
    var low = path(forecast.steps(), Forecast.Step::at, step -> y(step.low()));
    var high = path(forecast.steps().reversed(), Forecast.Step::at, step -> y(step.high()));
    svg.leaf("path", "class", "band", "d", low + "L" + high.substring(1) + "Z");
    svg.leaf(
        "path",
        "class",
        "guess",
        "d",
        path(forecast.steps(), Forecast.Step::at, step -> y(step.median())));
    var end = forecast.steps().getLast();
    svg.leaf("circle", "class", "mark", "cx", x(end.at()), "cy", y(end.median()), "r", 4.5);
    if (sheet == Sheet.WIDE) {
      var right = x(end.at()) + 10;
      label(words.text("chart.left", end.median()), right, floor() - 40, "start", "now");
      label(words.text("chart.likely", end.low(), end.high()), right, floor() - 24, "start", "num");
    }
  }

  private void date() {
    var x = x(data.effective());
    svg.leaf("line", "class", "date", "x1", x, "x2", x, "y1", 14, "y2", floor());
    label(
        words.text("chart.enforced", words.shortDateTime(data.effective(), data.zone())),
        x < 190 ? x + 8 : x - 8,
        22,
        x < 190 ? "start" : "end",
        "strong");
    var room = sheet.width - sheet.right - x;
    if (room > 84 && data.effective().isAfter(data.now())) {
      label(words.text("chart.after.1"), x + 10, TOP + 20, "start", "num");
      label(words.text("chart.after.2"), x + 10, TOP + 36, "start", "num");
    }
  }

  private void events() {
    if (!data.hasCourse()) {
      return;
    }
    var first = data.points().getFirst();
    mark(
        first.at(),
        first.count(),
        words.text(
            first.at().isAfter(data.announced()) ? "chart.first" : "chart.announced",
            first.count()));
    for (var event : data.marks()) {
      if (event.at().isAfter(first.at()) && event.at().isBefore(data.now())) {
        var room = x(data.points().getLast().at()) - x(event.at()) > 120;
        mark(event.at(), countAt(event.at()), room ? event.label() : "");
      }
    }
    var last = data.points().getLast();
    svg.leaf("circle", "class", "now", "cx", x(last.at()), "cy", y(last.count()), "r", 5);
    var low = y(last.count()) > floor() - 30;
    var left = x(last.at()) > sheet.left + 110;
    label(
        words.text("chart.now", last.count()),
        x(last.at()) + (left ? -10 : 10),
        y(last.count()) + (low ? -12 : 20),
        left ? "end" : "start",
        "now halo");
  }

  private void mark(Instant at, long count, String text) {
    svg.leaf("circle", "class", "mark", "cx", x(at), "cy", y(count), "r", 4.5);
    if (x(at) >= labelled && (sheet == Sheet.WIDE || labelled == 0)) {
      label(text, x(at) + 4, Math.max(TOP - 4, y(count) - 12), "start", "halo");
      labelled = x(at) + 10 + 6.4 * text.length();
    }
  }

  private long countAt(Instant at) {
    return data.points().stream()
        .filter(point -> !point.at().isAfter(at))
        .reduce((_, later) -> later)
        .map(Point::count)
        .orElse(0L);
  }

  private void label(String text, double x, double y, String anchor, String look) {
    svg.text(text, "text", "class", look, "x", x, "y", y, "text-anchor", anchor);
  }

  private String path(List<Point> points, ToDoubleFunction<Point> height) {
    return path(points, Point::at, height);
  }

  private <T> String path(
      List<T> items, java.util.function.Function<T, Instant> time, ToDoubleFunction<T> height) {
    var path = new StringBuilder();
    for (var item : items) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Svg.number(x(time.apply(item))))
          .append(' ')
          .append(Svg.number(height.applyAsDouble(item)));
    }
    return path.toString();
  }

  private double x(Instant at) {
    var share = Duration.between(from, at).toMillis() / (double) Math.max(1, span.toMillis());
    var x = sheet.left + share * (sheet.width - sheet.right - sheet.left);
    return Math.clamp(x, sheet.left, sheet.width - sheet.right);
  }

  private double y(double count) {
    return floor() - (floor() - TOP) * count / counts.getLast();
  }

  private double floor() {
    return sheet.height - FOOT;
  }
}
