package dev.interdict.server.pdf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// A page of A4, drawn on from its upper left corner in points; what is drawn later lies above. Not
/// thread-safe.
public final class PdfPage {
  public static final double WIDTH = 595.28;
  public static final double HEIGHT = 841.89;

  /// Four curves of this share of the radius come closest to a circle.
  private static final double CURVE = 0.5523;

  private final StringBuilder content = new StringBuilder(4096);

  PdfPage() {}

  /// A corner.
  public record Spot(double x, double y) {}

  /// Fills a rectangle.
  public void fill(Ink ink, double x, double y, double width, double height) {
    put(ink.operands() + " rg");
    put(point(x, y + height) + " " + number(width) + " " + number(height) + " re f");
  }

  /// Draws a straight line.
  ///
  /// @param dashed whether it is broken
  public void line(Ink ink, double thickness, boolean dashed, Spot from, Spot to) {
    path(ink, thickness, dashed, List.of(from, to));
  }

  /// Draws a line through corners.
  public void path(Ink ink, double thickness, boolean dashed, List<Spot> corners) {
    put(
        ink.operands()
            + " RG "
            + number(thickness)
            + " w 1 j "
            + (dashed ? "[3 2] 0 d" : "[] 0 d"));
    corners(corners);
    put("S");
  }

  /// Fills what lies within corners.
  public void fill(Ink ink, List<Spot> corners) {
    put(ink.operands() + " rg");
    corners(corners);
    put("h f");
  }

  private void corners(List<Spot> corners) {
    for (var i = 0; i < corners.size(); i++) {
      put(point(corners.get(i).x(), corners.get(i).y()) + (i == 0 ? " m" : " l"));
    }
  }

  /// Draws a circle: its edge, and what lies within.
  public void circle(Ink edge, double thickness, Ink within, Spot middle, double radius) {
    var x = middle.x();
    var y = middle.y();
    var c = CURVE * radius;
    put(within.operands() + " rg " + edge.operands() + " RG " + number(thickness) + " w [] 0 d");
    put(point(x + radius, y) + " m");
    curve(x + radius, y + c, x + c, y + radius, x, y + radius);
    curve(x - c, y + radius, x - radius, y + c, x - radius, y);
    curve(x - radius, y - c, x - c, y - radius, x, y - radius);
    curve(x + c, y - radius, x + radius, y - c, x + radius, y);
    put("b");
  }

  private void curve(double x1, double y1, double x2, double y2, double x3, double y3) {
    put(point(x1, y1) + " " + point(x2, y2) + " " + point(x3, y3) + " c");
  }

  /// Writes one line of text.
  ///
  /// @param x its left edge
  /// @param y its base line
  public void text(Type type, double x, double y, String text) {
    var at = x;
    for (var run : Glyphs.runs(Glyphs.shown(text))) {
      // The Chinese font has no bold face, so its strokes are drawn around.
      var stroked = run.chinese() && type.bold();
      put(
          "BT "
              + (stroked ? "2 Tr " + number(type.size() / 40) + " w [] 0 d " : "0 Tr ")
              + type.ink().operands()
              + " rg "
              + (stroked ? type.ink().operands() + " RG " : "")
              + "/"
              + (run.chinese() ? PdfDocument.CHINESE : type.face().name())
              + " "
              + number(type.size())
              + " Tf "
              + point(at, y)
              + " Td "
              + run.hex()
              + " Tj ET");
      at += run.width(type.face(), type.size());
    }
  }

  /// Writes one line of text that ends there.
  public void textBefore(Type type, double right, double y, String text) {
    text(type, right - type.width(text), y, text);
  }

  byte[] content() {
    return content.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void put(String operators) {
    content.append(operators).append('\n');
  }

  private static String point(double x, double y) {
    return number(x) + " " + number(HEIGHT - y);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
