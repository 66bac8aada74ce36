package dev.interdict.server.cli.terminal;

import dev.interdict.identity.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Rows for people, each column as wide as its widest cell. What is wider than the terminal is cut,
/// the widest column first, and then the last columns are left out and named; the first one, by
/// which a row is asked for, stays whole. Where no terminal takes it, all is there. Whatever a cell
/// holds is made printable. For one thread.
public final class Table {
  private static final int GAP = 2;

  /// The day of a point in time, and the mark that more follows.
  private static final int LEAST = 11;

  /// What is longer is there in whole too, and does not widen all other rows.
  private static final int WIDEST = 60;

  private final List<String> heads;
  private final List<Line> lines = new ArrayList<>();
  private Set<String> right = Set.of();

  /// @param cells none for a line between rows, which is `style` of nothing
  private record Line(List<String> cells, UnaryOperator<String> style) {}

  public Table(String... heads) {
    this.heads = List.of(heads);
  }

  /// Puts the cells of these columns, which are numbers, to their right edge.
  public Table right(String... columns) {
    right = Set.of(columns);
    return this;
  }

  /// A row, one value a column.
  public void row(Object... cells) {
    row(UnaryOperator.identity(), cells);
  }

  /// The same in a style.
  public void row(UnaryOperator<String> style, Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + heads);
    }
    lines.add(
        new Line(
            Arrays.stream(cells).map(cell -> Printable.of(String.valueOf(cell))).toList(), style));
  }

  /// A line that belongs to the row before.
  public void note(String text) {
    lines.add(new Line(List.of(), _ -> text));
  }

  public void print(Console console) {
    var room = console.columns();
    var widths = room == 0 ? whole() : fitting(room);
    console.line(console.bold(line(heads, widths, room)));
    for (var line : lines) {
      var text = line.cells().isEmpty() ? "" : line(line.cells(), widths, room);
      console.line(line.style().apply(text));
    }
    if (widths.size() < heads.size()) {
      console.line(
          "Too narrow here for "
              + String.join(", ", heads.subList(widths.size(), heads.size()))
              + "; --output json has all.");
    }
  }

  private List<Integer> whole() {
    return natural().stream().map(width -> Math.min(width, WIDEST)).toList();
  }

  private List<Integer> natural() {
    var widths = new ArrayList<Integer>();
    for (var column = 0; column < heads.size(); column++) {
      var at = column;
      widths.add(
          Math.max(
              Columns.of(heads.get(at)),
              lines.stream()
                  .filter(line -> !line.cells().isEmpty())
                  .mapToInt(line -> Columns.of(line.cells().get(at)))
                  .max()
                  .orElse(0)));
    }
    return widths;
  }

  /// The widths of the first columns, as many as have room when each is as narrow as it may be.
  private List<Integer> fitting(int room) {
    var widths = natural();
    var least = new ArrayList<Integer>();
    for (var column = 0; column < widths.size(); column++) {
      var head = Math.max(Columns.of(heads.get(column)), LEAST);
      least.add(column == 0 ? widths.getFirst() : Math.min(widths.get(column), head));
    }
    var shown = widths.size();
    while (shown > 1 && sum(least.subList(0, shown)) > room) {
      shown--;
    }
    var fitting = new ArrayList<>(widths.subList(0, shown));
    while (sum(fitting) > room) {
      var widest = 0;
      for (var column = 1; column < shown; column++) {
        if (fitting.get(column) > least.get(column)
            && (widest == 0 || fitting.get(column) > fitting.get(widest))) {
          widest = column;
        }
      }
      if (widest == 0) {
        break;
      }
      fitting.set(widest, fitting.get(widest) - 1);
    }
    return fitting;
  }

  private static int sum(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + GAP * (widths.size() - 1);
  }

  private String line(List<String> cells, List<Integer> widths, int room) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.size(); column++) {
      var width = widths.get(column);
      var cell = cells.get(column);
      var text = room == 0 || column == 0 ? cell : Columns.cut(cell, width);
      var blank = " ".repeat(Math.max(0, width - Columns.of(text)));
      var isRight = right.contains(heads.get(column));
      line.append(isRight ? blank + text : text + blank).repeat(" ", GAP);
    }
    return line.toString().stripTrailing();
  }
}
