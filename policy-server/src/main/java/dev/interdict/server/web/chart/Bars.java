package dev.interdict.server.web.chart;

import gg.jte.Content;
import java.util.List;
import java.util.stream.LongStream;

/// Small drawings beside numbers; each is decoration, the number itself is text. Pure functions.
public final class Bars {
  private static final double LENGTH = 1000;
  private static final double GAP = 3;
  private static final double LEAST = 8;

  private Bars() {}

  /// One part of a whole.
  ///
  /// @param look the style sheet's name for its colour
  public record Part(String look, long count) {}

  /// `part` as a share of `whole`; a part above 0 is always visible.
  public static Content share(long part, long whole) {
    return share(part, whole, "has");
  }

  /// The same in the colour of a state.
  public static Content share(long part, long whole, String look) {
    var width = whole <= 0 ? 0 : LENGTH * Math.min(part, whole) / whole;
    var svg = frame("bar", 7).leaf("rect", "class", "track", "width", LENGTH, "height", 7);
    if (part > 0) {
      svg.leaf("rect", "class", "f-" + look, "width", Math.max(width, 25), "height", 7);
    }
    return svg.end();
  }

  /// Parts side by side, gaps between them; parts of 0 are left out, small ones stay visible.
  public static Content parts(List<Part> parts) {
    var shown = parts.stream().filter(part -> part.count() > 0).toList();
    var total = shown.stream().mapToLong(Part::count).sum();
    var svg = frame("statebar", 11);
    if (total == 0) {
      return svg.leaf("rect", "class", "track", "width", LENGTH, "height", 11).end();
    }
    var room = LENGTH - GAP * (shown.size() - 1);
    var widths = shown.stream().mapToDouble(part -> room * part.count() / total).toArray();
    var lifted = 0.0;
    for (var i = 0; i < widths.length; i++) {
      if (widths[i] < LEAST) {
        lifted += LEAST - widths[i];
        widths[i] = LEAST;
      }
    }
    var widest = 0;
    for (var i = 1; i < widths.length; i++) {
      widest = widths[i] > widths[widest] ? i : widest;
    }
    widths[widest] -= lifted;
    var x = 0.0;
    for (var i = 0; i < widths.length; i++) {
      svg.leaf(
          "rect", "class", "f-" + shown.get(i).look(), "x", x, "width", widths[i], "height", 11);
      x += widths[i] + GAP;
    }
    return svg.end();
  }

  /// The course of `counts`, oldest first, from 0 to their highest.
  public static Content course(List<Long> counts) {
    var svg =
        new Svg().start("svg", "class", "spark", "viewBox", "0 0 62 20", "aria-hidden", "true");
    var most = Math.max(1, counts.stream().flatMapToLong(LongStream::of).max().orElse(1));
    if (counts.size() > 1) {
      var path = new StringBuilder();
      for (var i = 0; i < counts.size(); i++) {
        path.append(i == 0 ? 'M' : 'L')
            .append(Svg.number(62.0 * i / (counts.size() - 1)))
            .append(' ')
            .append(Svg.number(18 - 16.0 * counts.get(i) / most));
      }
      svg.leaf("path", "d", path);
    }
    return svg.end();
  }

  private static Svg frame(String name, int height) {
    return new Svg()
        .start(
            "svg",
            "class",
            name,
            "viewBox",
            "0 0 1000 " + height,
            "preserveAspectRatio",
            "none",
            "aria-hidden",
            "true");
  }
}
