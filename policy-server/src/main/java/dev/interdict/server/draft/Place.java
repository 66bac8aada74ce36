package dev.interdict.server.draft;

/// A place in a file as editors count: lines and columns from 1.
public record Place(int line, int column) implements Comparable<Place> {
  /// Where a file begins.
  public static final Place START = new Place(1, 1);

  @Override
  public int compareTo(Place other) {
    return line == other.line
        ? Integer.compare(column, other.column)
        : Integer.compare(line, other.line);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
