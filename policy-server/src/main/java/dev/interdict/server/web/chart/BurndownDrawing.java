package dev.interdict.server.web.chart;

import dev.interdict.server.web.Words;
import dev.interdict.server.web.chart.Canvas.Anchor;
import dev.interdict.server.web.chart.Canvas.Spot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One rendering of a [Burndown] at one size; used once.
final class BurndownDrawing {
  private final Burndown data;
  private final Words words;
  private final Paper.Size size;
  private final Paper paper;
  private final Canvas canvas;
  private final String lastCount;
  private final List<Long> counts;
  private double labelled;

  /// @param lastCount the message that names the last count
  BurndownDrawing(Burndown data, Words words, Paper.Size size, Canvas canvas, String lastCount) {
    this.lastCount = lastCount;
    this.canvas = canvas;
    this.data = data;
    this.words = words;
    this.size = size;
    this.counts = Ticks.counts(data.most());
    this.paper = new Paper(size, data.start(), data.end(), counts.getLast());
  }

  void draw() {
    if (data.hasDate()) {
      var x = paper.x(data.effective());
      canvas.rectangle(
          "after", new Spot(x, Paper.TOP), Math.max(0, size.end() - x), size.floor() - Paper.TOP);
    }
    axes();
    course();
    forecast();
    if (data.hasDate()) {
      date();
    }
    events();
  }

  private void axes() {
    for (var count : counts) {
      canvas.line(
          count == 0 ? "axis" : "grid",
          new Spot(size.left, paper.y(count)),
          new Spot(size.end(), paper.y(count)));
      label(words.number(count), size.left - 8, paper.y(count) + 4, Anchor.END, "num");
    }
    var ticks = Ticks.times(data.start(), data.end(), data.effective(), size.times, data.zone());
    for (var at : ticks.at()) {
      var x = paper.x(at);
      if (x > size.left + 4 && x < size.width - 30) {
        label(words.tick(at, data.zone(), ticks.step()), x, size.height - 8, Anchor.MIDDLE, "num");
      }
    }
  }

  private void course() {
    if (!data.hasCourse()) {
      label(
          words.text("chart.waiting"),
          (size.left + size.width) / 2 - 40,
          (Paper.TOP + size.floor()) / 2,
          Anchor.MIDDLE,
          "halo");
      return;
    }
    data.lines(240).forEach(this::line);
  }

  private void line(List<Point> points) {
    var line = points.stream().map(point -> paper.spot(point.at(), point.count())).toList();
    var area = new ArrayList<>(line);
    area.add(new Spot(line.getLast().x(), size.floor()));
    area.add(new Spot(line.getFirst().x(), size.floor()));
    canvas.path("area", area, true);
    canvas.path("line", line, false);
  }

  private void forecast() {
    var forecast = data.forecast();
    if (forecast == null || data.points().isEmpty()) {
      return;
    }
    var steps = forecast.steps();
    var band = new ArrayList<Spot>();
    steps.forEach(step -> band.add(paper.spot(step.at(), step.low())));
    steps.reversed().forEach(step -> band.add(paper.spot(step.at(), step.high())));
    canvas.path("band", band, true);
    canvas.path(
        "guess", steps.stream().map(step -> paper.spot(step.at(), step.median())).toList(), false);
    var end = steps.getLast();
    canvas.circle("mark", paper.spot(end.at(), end.median()), 4.5);
    if (size == Paper.Size.WIDE) {
      var right = paper.x(end.at()) + 10;
      label(words.text("chart.left", end.median()), right, size.floor() - 40, Anchor.START, "now");
      label(
          words.text("chart.likely", end.low(), end.high()),
          right,
          size.floor() - 24,
          Anchor.START,
          "num");
    }
  }

  private void date() {
    var x = paper.x(data.effective());
    canvas.line("date", new Spot(x, 8), new Spot(x, size.floor()));
    label(
        words.text("chart.enforced", words.shortDateTime(data.effective(), data.zone())),
        x < 190 ? x + 8 : x - 8,
        18,
        x < 190 ? Anchor.START : Anchor.END,
        "strong");
    var room = size.end() - x;
    if (room > 84 && data.effective().isAfter(data.now())) {
      label(words.text("chart.after.1"), x + 10, Paper.TOP + 20, Anchor.START, "num");
      label(words.text("chart.after.2"), x + 10, Paper.TOP + 36, Anchor.START, "num");
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
    canvas.circle("now", paper.spot(last.at(), last.count()), 5);
    var low = paper.y(last.count()) > size.floor() - 30;
    // Left of the point, unless the falling line would cross it there and nothing is on the right.
    var crossed = low && data.forecast() == null && paper.x(last.at()) < size.width - 80;
    var left = paper.x(last.at()) > size.left + 110 && !crossed;
    label(
        words.text(lastCount, last.count()),
        paper.x(last.at()) + (left ? -10 : 10),
        paper.y(last.count()) + (low ? -12 : 20),
        left ? Anchor.END : Anchor.START,
        "now halo");
  }

  private void mark(Instant at, long count, String text) {
    canvas.circle("mark", paper.spot(at, count), 4.5);
    if (paper.x(at) >= labelled && (size == Paper.Size.WIDE || labelled == 0)) {
      label(
          text,
          paper.x(at) + 4,
          Math.max(Paper.TOP - 9, paper.y(count) - 11),
          Anchor.START,
          "halo");
      labelled = paper.x(at) + 10 + 6.4 * text.length();
    }
  }

  /// Where the line is at that time, so that a mark sits on it also where days lie between.
  private long countAt(Instant at) {
    var before = data.points().getFirst();
    for (var point : data.points()) {
      if (point.at().isAfter(at)) {
        var part =
            (double) Duration.between(before.at(), at).toMillis()
                / Math.max(1, Duration.between(before.at(), point.at()).toMillis());
        return before.count() + Math.round(part * (point.count() - before.count()));
      }
      before = point;
    }
    return before.count();
  }

  private void label(String text, double x, double y, Anchor anchor, String look) {
    canvas.text(look, new Spot(x, y), anchor, text);
  }
}
