package dev.interdict.server.web.chart;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Words;
import gg.jte.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What can be pointed at on a [Burndown]: a layer above the drawing that links its events and
/// tells what the line says at each place. The drawing alone stays a picture with one sentence.
public final class BurndownPoints {
  private static final int MOST = 60;

  /// A finger's width, in units of the drawing.
  private static final double REACH = 15;

  private final Burndown data;
  private final Words words;
  private final Paper.Size size;
  private final Paper paper;

  private BurndownPoints(Burndown data, Words words, Paper.Size size) {
    this.data = data;
    this.words = words;
    this.size = size;
    this.paper = new Paper(size, data.start(), data.end(), Ticks.counts(data.most()).getLast());
  }

  /// Above the drawing for a wide column.
  ///
  /// @param rule where the rule's dates stand under their [#anchor]s
  public static Content wide(Burndown data, Words words, Href rule) {
    return new BurndownPoints(data, words, Paper.Size.WIDE).layer("wide", rule);
  }

  /// Above the drawing for a phone.
  public static Content narrow(Burndown data, Words words, Href rule) {
    return new BurndownPoints(data, words, Paper.Size.NARROW).layer("narrow", rule);
  }

  /// The name of the place at which a page tells of what happens at an instant.
  public static String anchor(Instant at) {
    return "at-" + at.getEpochSecond();
  }

  private Svg layer(String look, Href rule) {
    var svg =
        new Svg()
            .start(
                "svg",
                "class",
                "touch " + look,
                "viewBox",
                "0 0 " + Svg.number(size.width) + " " + Svg.number(size.height),
                "role",
                "group",
                "aria-label",
                words.text("chart.points"),
                "data-points",
                points());
    if (data.hasCourse()) {
      var first = data.points().getFirst();
      event(svg, rule, data.announced(), first.at(), words.text("rule.step.announced"));
      for (var mark : data.marks()) {
        if (mark.at().isAfter(first.at()) && mark.at().isBefore(data.now())) {
          event(svg, rule, mark.at(), mark.at(), mark.label());
        }
      }
    }
    if (data.hasDate()) {
      var date = words.text("rule.step.effective");
      link(svg, rule, data.effective(), date, paper.x(data.effective()), 18);
    }
    return svg.start("g", "class", "cursor", "aria-hidden", "true")
        .leaf("line", "y1", Paper.TOP, "y2", size.floor())
        .leaf("circle", "r", 4.5)
        .text("", "text", "class", "halo")
        .end()
        .end();
  }

  private void event(Svg svg, Href rule, Instant of, Instant at, String label) {
    link(svg, rule, of, label, paper.x(at), paper.y(countAt(at)));
  }

  private void link(Svg svg, Href rule, Instant of, String label, double x, double y) {
    var said = label + ", " + words.shortDateTime(of, data.zone());
    svg.start("a", "href", rule.address() + "#" + anchor(of), "aria-label", said)
        .text(said, "title")
        .leaf("circle", "cx", x, "cy", y, "r", REACH)
        .end();
  }

  private String points() {
    var points = new ArrayList<Json>();
    for (var point : data.thinned(MOST)) {
      points.add(
          new Json.Arr(
              List.of(
                  new Json.Int(Math.round(paper.x(point.at()))),
                  new Json.Int(Math.round(paper.y(point.count()))),
                  new Json.Text(
                      words.text(
                          "chart.point",
                          words.shortDateTime(point.at(), data.zone()),
                          point.count())))));
    }
    return JsonWriter.line(new Json.Arr(points)).strip();
  }

  private long countAt(Instant at) {
    return data.points().stream()
        .filter(point -> !point.at().isAfter(at))
        .reduce((_, later) -> later)
        .map(Point::count)
        .orElse(0L);
  }
}
