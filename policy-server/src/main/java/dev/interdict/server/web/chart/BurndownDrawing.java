package dev.interdict.server.web.chart;

import dev.interdict.server.web.Words;
import java.time.Instant;
import java.util.List;

/// One rendering of a [Burndown] at one size; used once.
final class BurndownDrawing {
  private final Burndown data;
  private final Words words;
  private final Paper.Size size;
  private final Paper paper;
  private final Svg svg = new Svg();
  private final List<Long> counts;
  private double labelled;

  BurndownDrawing(Burndown data, Words words, Paper.Size size) {
    this.data = data;
    this.words = words;
    this.size = size;
    this.counts = Ticks.counts(data.most());
    this.paper = new Paper(size, data.start(), data.end(), counts.getLast());
  }

  Svg draw() {
    svg.start(
        "svg",
        "class",
        "chart " + (size == Paper.Size.WIDE ? "wide" : "narrow"),
        "viewBox",
        "0 0 " + Svg.number(size.width) + " " + Svg.number(size.height),
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
    var x = paper.x(data.effective());
    svg.leaf(
        "rect",
        "class",
        "after",
        "x",
        x,
        "y",
        Paper.TOP,
        "width",
        Math.max(0, size.end() - x),
        "height",
        size.floor() - Paper.TOP);
  }

  private void axes() {
    for (var count : counts) {
      svg.leaf(
          "line",
          "class",
          count == 0 ? "axis" : "grid",
          "x1",
          size.left,
          "x2",
          size.end(),
          "y1",
          paper.y(count),
          "y2",
          paper.y(count));
      label(words.number(count), size.left - 8, paper.y(count) + 4, "end", "num");
    }
    var ticks = Ticks.times(data.start(), data.end(), data.effective(), size.times, data.zone());
    for (var at : ticks.at()) {
      var x = paper.x(at);
      if (x > size.left + 4 && x < size.width - 30) {
        label(words.tick(at, data.zone(), ticks.step()), x, size.height - 8, "middle", "num");
      }
    }
  }

  private void course() {
    if (!data.hasCourse()) {
      label(
          words.text("chart.waiting"),
          (size.left + size.width) / 2 - 40,
          (Paper.TOP + size.floor()) / 2,
          "middle",
          "halo");
      return;
    }
    data.lines(240).forEach(this::line);
  }

  private void line(List<Point> points) {
    var line = paper.path(points, Point::at, point -> paper.y(point.count()));
    var last = points.getLast();
    svg.leaf(
        "path",
        "class",
        "area",
        "d",
        line
            + "L"
            + Svg.number(paper.x(last.at()))
            + " "
            + Svg.number(size.floor())
            + "L"
            + Svg.number(paper.x(points.getFirst().at()))
            + " "
            + Svg.number(size.floor())
            + "Z");
    svg.leaf("path", "class", "line", "d", line);
  }

  private void forecast() {
    var forecast = data.forecast();
    if (forecast == null || data.points().isEmpty()) {
      return;
    }
    var low = paper.path(forecast.steps(), Forecast.Step::at, step -> paper.y(step.low()));
    var high =
        paper.path(forecast.steps().reversed(), Forecast.Step::at, step -> paper.y(step.high()));
    svg.leaf("path", "class", "band", "d", low + "L" + high.substring(1) + "Z");
    svg.leaf(
        "path",
        "class",
        "guess",
        "d",
        paper.path(forecast.steps(), Forecast.Step::at, step -> paper.y(step.median())));
    var end = forecast.steps().getLast();
    svg.leaf(
        "circle", "class", "mark", "cx", paper.x(end.at()), "cy", paper.y(end.median()), "r", 4.5);
    if (size == Paper.Size.WIDE) {
      var right = paper.x(end.at()) + 10;
      label(words.text("chart.left", end.median()), right, size.floor() - 40, "start", "now");
      label(
          words.text("chart.likely", end.low(), end.high()),
          right,
          size.floor() - 24,
          "start",
          "num");
    }
  }

  private void date() {
    var x = paper.x(data.effective());
    svg.leaf("line", "class", "date", "x1", x, "x2", x, "y1", 8, "y2", size.floor());
    label(
        words.text("chart.enforced", words.shortDateTime(data.effective(), data.zone())),
        x < 190 ? x + 8 : x - 8,
        18,
        x < 190 ? "start" : "end",
        "strong");
    var room = size.end() - x;
    if (room > 84 && data.effective().isAfter(data.now())) {
      label(words.text("chart.after.1"), x + 10, Paper.TOP + 20, "start", "num");
      label(words.text("chart.after.2"), x + 10, Paper.TOP + 36, "start", "num");
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
        var room = paper.x(data.points().getLast().at()) - paper.x(event.at()) > 120;
        mark(event.at(), countAt(event.at()), room ? event.label() : "");
      }
    }
    var last = data.points().getLast();
    svg.leaf(
        "circle", "class", "now", "cx", paper.x(last.at()), "cy", paper.y(last.count()), "r", 5);
    var low = paper.y(last.count()) > size.floor() - 30;
    // Left of the point, unless the falling line would cross it there and nothing is on the right.
    var crossed = low && data.forecast() == null && paper.x(last.at()) < size.width - 80;
    var left = paper.x(last.at()) > size.left + 110 && !crossed;
    label(
        words.text("chart.now", last.count()),
        paper.x(last.at()) + (left ? -10 : 10),
        paper.y(last.count()) + (low ? -12 : 20),
        left ? "end" : "start",
        "now halo");
  }

  private void mark(Instant at, long count, String text) {
    svg.leaf("circle", "class", "mark", "cx", paper.x(at), "cy", paper.y(count), "r", 4.5);
    if (paper.x(at) >= labelled && (size == Paper.Size.WIDE || labelled == 0)) {
      label(text, paper.x(at) + 4, Math.max(Paper.TOP - 9, paper.y(count) - 11), "start", "halo");
      labelled = paper.x(at) + 10 + 6.4 * text.length();
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
}
