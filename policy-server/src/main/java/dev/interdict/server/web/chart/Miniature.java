package dev.interdict.server.web.chart;

import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A burn-down so small that many of them stand under one another: the line so far, and where the
/// date is. Decoration; the numbers beside it are text.
///
/// @param points measured, oldest first
public record Miniature(List<Point> points, Instant announced, Instant effective) {
  private static final double WIDTH = 150;
  private static final double HEIGHT = 32;
  private static final double EDGE = 3;
  private static final int MOST = 50;

  public Miniature {
    points = List.copyOf(points);
  }

  public Content draw() {
    var svg =
        new Svg()
            .start("svg", "class", "mini", "viewBox", "0 0 150 32", "aria-hidden", "true")
            .leaf("line", "class", "axis", "x1", 0, "x2", WIDTH, "y1", floor(), "y2", floor());
    if (points.size() > 1) {
      var path = new StringBuilder();
      for (var i = 0; i < points.size(); i += Math.max(1, points.size() / MOST)) {
        add(path, points.get(i));
      }
      add(path, points.getLast());
      svg.leaf(
              "path",
              "class",
              "area",
              "d",
              path + "V" + Svg.number(floor()) + "H" + Svg.number(x(points.getFirst().at())) + "Z")
          .leaf("path", "class", "line", "d", path);
    }
    var date = x(effective);
    return svg.leaf("line", "class", "date", "x1", date, "x2", date, "y1", 1, "y2", floor()).end();
  }

  private void add(StringBuilder path, Point point) {
    path.append(path.isEmpty() ? 'M' : 'L')
        .append(Svg.number(x(point.at())))
        .append(' ')
        .append(Svg.number(y(point.count())));
  }

  private static double floor() {
    return HEIGHT - EDGE;
  }

  private double y(long count) {
    var most = points.stream().mapToLong(Point::count).max().orElse(1);
    return floor() - (floor() - EDGE) * count / Math.max(1, most);
  }

  private double x(Instant at) {
    var from = points.isEmpty() || announced.isBefore(first()) ? announced : first();
    var to = points.isEmpty() || effective.isAfter(last()) ? effective : last();
    var span = Math.max(1, Duration.between(from, to).toMillis());
    var share = Duration.between(from, at).toMillis() / (double) span;
    return Math.clamp(EDGE + share * (WIDTH - 2 * EDGE), EDGE, WIDTH - EDGE);
  }

  private Instant first() {
    return points.getFirst().at();
  }

  private Instant last() {
    return points.getLast().at();
  }
}
