package dev.interdict.server.evidence;

import dev.interdict.server.pdf.Ink;
import dev.interdict.server.pdf.PdfPage;
import dev.interdict.server.pdf.Type;
import dev.interdict.server.web.chart.Canvas;
import java.util.List;

/// Puts the console's drawings on paper: the same looks in the colours of the light theme, with
/// solid tints where the console lets what lies below shine through.
///
/// @param left where the drawing's left edge is on the page
/// @param top where its upper edge is
/// @param scale points to a unit of the drawing
record PaperCanvas(PdfPage page, double left, double top, double scale) implements Canvas {
  private static final double DRAWN = 11.5;

  private PdfPage.Spot at(Spot spot) {
    return new PdfPage.Spot(left + spot.x() * scale, top + spot.y() * scale);
  }

  private List<PdfPage.Spot> at(List<Spot> spots) {
    return spots.stream().map(this::at).toList();
  }

  private static Ink ink(String look) {
    return switch (look) {
      case "after" -> Looks.AFTER;
      case "area", "band" -> Looks.HAS_AREA;
      case "grid" -> Looks.HAIRLINE;
      case "axis" -> Looks.FIELD;
      case "date" -> Looks.TEXT;
      default -> Looks.HAS;
    };
  }

  private static double thickness(String look) {
    return switch (look) {
      case "grid", "axis" -> 0.6;
      case "date" -> 1.2;
      default -> 1.5;
    };
  }

  @Override
  public void rectangle(String look, Spot corner, double width, double height) {
    var place = at(corner);
    page.fill(ink(look), place.x(), place.y(), width * scale, height * scale);
  }

  @Override
  public void line(String look, Spot from, Spot to) {
    page.line(ink(look), thickness(look), false, at(from), at(to));
  }

  @Override
  public void circle(String look, Spot middle, double radius) {
    page.circle(
        Looks.HAS, 1.2, look.equals("now") ? Looks.HAS : Ink.WHITE, at(middle), radius * scale);
  }

  @Override
  public void path(String look, List<Spot> corners, boolean closed) {
    if (closed) {
      page.fill(ink(look), at(corners));
    } else {
      page.path(ink(look), thickness(look), look.equals("guess"), at(corners));
    }
  }

  @Override
  public void text(String look, Spot at, Anchor anchor, String text) {
    var strong = look.contains("strong") || look.contains("now");
    var type =
        new Type(
            DRAWN * scale * 1.15,
            strong,
            look.contains("now") ? Looks.HAS : strong ? Looks.TEXT : Looks.QUIET);
    var place = at(at);
    var width = type.width(text);
    var x =
        switch (anchor) {
          case START -> place.x();
          case MIDDLE -> place.x() - width / 2;
          case END -> place.x() - width;
        };
    if (look.contains("halo")) {
      // So that it can be read where it lies on a line.
      page.fill(Ink.WHITE, x - 1, place.y() - type.size() * 0.8, width + 2, type.size());
    }
    page.text(type, x, place.y(), text);
  }
}
