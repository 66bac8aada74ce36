package dev.interdict.server.web.chart;

import java.util.List;

/// What a drawing is put on: the console's pages, or paper. Places are in units of the drawing,
/// counted from its upper left corner. A look is a name by which each canvas has its own colours
/// and widths.
public interface Canvas {
  /// A place.
  record Spot(double x, double y) {}

  /// Where a text has its place.
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void rectangle(String look, Spot corner, double width, double height);

  void line(String look, Spot from, Spot to);

  void circle(String look, Spot middle, double radius);

  /// A line through corners.
  ///
  /// @param closed whether it goes back to the first, and what is within belongs to it
  void path(String look, List<Spot> corners, boolean closed);

  /// @param at the end of the text that `anchor` names, on its base line
  void text(String look, Spot at, Anchor anchor, String text);
}
