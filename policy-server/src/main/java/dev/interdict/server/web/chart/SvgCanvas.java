package dev.interdict.server.web.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Puts a drawing into SVG, whose colours come from the style sheet by look. Not thread-safe.
record SvgCanvas(Svg svg) implements Canvas {
  @Override
  public void rectangle(String look, Spot corner, double width, double height) {
    svg.leaf(
        "rect", "class", look, "x", corner.x(), "y", corner.y(), "width", width, "height", height);
  }

  @Override
  public void line(String look, Spot from, Spot to) {
    svg.leaf("line", "class", look, "x1", from.x(), "x2", to.x(), "y1", from.y(), "y2", to.y());
  }

  @Override
  public void circle(String look, Spot middle, double radius) {
    svg.leaf("circle", "class", look, "cx", middle.x(), "cy", middle.y(), "r", radius);
  }

  @Override
  public void path(String look, List<Spot> corners, boolean closed) {
    var path =
        corners.stream()
            .map(corner -> Svg.number(corner.x()) + " " + Svg.number(corner.y()))
            .collect(Collectors.joining("L", "M", closed ? "Z" : ""));
    svg.leaf("path", "class", look, "d", path);
  }

  @Override
  public void text(String look, Spot at, Anchor anchor, String text) {
    svg.text(
        text,
        "text",
        "class",
        look,
        "x",
        at.x(),
        "y",
        at.y(),
        "text-anchor",
        anchor.name().toLowerCase(Locale.ROOT));
  }
}
