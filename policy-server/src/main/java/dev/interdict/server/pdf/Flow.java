package dev.interdict.server.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/// Puts one thing below the other, page after page. Not thread-safe.
public final class Flow {
  /// The left edge of everything.
  public static final double LEFT = 48;

  /// How wide everything may be.
  public static final double WIDTH = PdfPage.WIDTH - 2 * LEFT;

  private static final double TOP = 52;
  private static final double BOTTOM = PdfPage.HEIGHT - 60;
  private static final double PADDING = 4;
  private static final int MOST_LINES = 6;
  private static final Ink HAIRLINE = Ink.of("E0E4EA");
  private static final Ink HEAD = Ink.of("F3F5F8");

  private final PdfDocument document;
  private PdfPage page;
  private double y = TOP;

  public Flow(PdfDocument document) {
    this.document = document;
    this.page = document.add();
  }

  /// A column of a table.
  ///
  /// @param share of the width, of all columns' together
  /// @param right whether its cells end at its right edge, as numbers do
  public record Column(String name, double share, boolean right) {}

  /// Goes on at the top of a new page, unless this one is empty.
  public void newPage() {
    if (y > TOP) {
      page = document.add();
      y = TOP;
    }
  }

  /// Leaves room.
  public void space(double height) {
    y += height;
  }

  /// Makes sure that so much fits onto this page, else goes on at the next.
  public void keep(double height) {
    if (y + height > BOTTOM) {
      newPage();
    }
  }

  /// Text in as many lines as it needs.
  public void text(Type type, String text) {
    for (var line : type.lines(text, WIDTH, Integer.MAX_VALUE)) {
      keep(type.leading());
      page.text(type, LEFT, y + type.size(), line);
      y += type.leading();
    }
  }

  /// A drawing of that height; it is told where its upper edge is.
  public void drawing(double height, BiConsumer<PdfPage, Double> drawing) {
    keep(height);
    drawing.accept(page, y);
    y += height;
  }

  /// A table, whose head stands on each of its pages. A cell has at most a few lines, of which the
  /// last is cut.
  public void table(Type type, List<Column> columns, List<List<String>> rows) {
    var widths = widths(columns);
    head(type, columns, widths);
    for (var row : rows) {
      var cells = new ArrayList<List<String>>();
      for (var i = 0; i < columns.size(); i++) {
        cells.add(type.lines(row.get(i), widths[i] - 2 * PADDING, MOST_LINES));
      }
      var lines = cells.stream().mapToInt(List::size).max().orElse(1);
      var height = lines * type.leading() + PADDING;
      if (y + height > BOTTOM) {
        newPage();
        head(type, columns, widths);
      }
      row(type, columns, widths, cells);
      y += height;
      rule();
    }
    y += PADDING;
  }

  private void head(Type type, List<Column> columns, double[] widths) {
    var bold = new Type(type.size(), true, type.ink());
    var cells = new ArrayList<List<String>>();
    for (var i = 0; i < columns.size(); i++) {
      cells.add(bold.lines(columns.get(i).name(), widths[i] - 2 * PADDING, 3));
    }
    var lines = cells.stream().mapToInt(List::size).max().orElse(1);
    var height = lines * bold.leading() + PADDING;
    // A head alone at the foot of a page says nothing.
    keep(height + 3 * bold.leading());
    page.fill(HEAD, LEFT, y, WIDTH, height);
    row(bold, columns, widths, cells);
    y += height;
    rule();
  }

  private void row(Type type, List<Column> columns, double[] widths, List<List<String>> cells) {
    var x = LEFT;
    for (var i = 0; i < columns.size(); i++) {
      var base = y + PADDING / 2 + type.size();
      for (var line : cells.get(i)) {
        if (columns.get(i).right()) {
          page.textBefore(type, x + widths[i] - PADDING, base, line);
        } else {
          page.text(type, x + PADDING, base, line);
        }
        base += type.leading();
      }
      x += widths[i];
    }
  }

  private void rule() {
    page.line(HAIRLINE, 0.6, false, new PdfPage.Spot(LEFT, y), new PdfPage.Spot(LEFT + WIDTH, y));
  }

  private static double[] widths(List<Column> columns) {
    var all = columns.stream().mapToDouble(Column::share).sum();
    return IntStream.range(0, columns.size())
        .mapToDouble(i -> WIDTH * columns.get(i).share() / all)
        .toArray();
  }
}
