package dev.interdict.server.pdf;

import java.util.List;

/// How a text looks, and what room it takes. Immutable.
///
/// @param size in points
public record Type(double size, boolean bold, Ink ink) {
  /// The same in another colour.
  public Type in(Ink other) {
    return new Type(size, bold, other);
  }

  Face face() {
    return bold ? Face.BOLD : Face.REGULAR;
  }

  /// From one line to the next.
  double leading() {
    return size * 1.4;
  }

  /// How wide a text is, in points.
  public double width(String text) {
    return Glyphs.width(Glyphs.shown(text), face(), size);
  }

  /// The text cut so that it is no wider than that, with `…` in place of the rest.
  public String cut(String text, double width) {
    return Glyphs.cut(Glyphs.shown(text), face(), size, width);
  }

  /// The text in lines that are no wider than that; at most so many, the last cut.
  List<String> lines(String text, double width, int most) {
    var lines = Glyphs.wrapped(Glyphs.shown(text), face(), size, width);
    if (lines.size() <= most) {
      return lines;
    }
    var last = lines.get(most - 1) + " " + lines.get(most);
    var shown = new java.util.ArrayList<>(lines.subList(0, most - 1));
    shown.add(Glyphs.cut(last, face(), size, width));
    return shown;
  }
}
