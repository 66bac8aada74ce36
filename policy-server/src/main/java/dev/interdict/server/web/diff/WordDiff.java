package dev.interdict.server.web.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Two texts side by side: which lines are the same, and in those that differ, which words. What is
/// long the same is left out. Pure functions.
public final class WordDiff {
  private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}_]+|\\s+|.");
  private static final int CONTEXT = 3;

  /// Beyond so many comparisons the texts are shown one after the other.
  private static final long MOST = 4_000_000;

  private WordDiff() {}

  /// What became of a piece.
  public enum Kind {
    SAME,
    GONE,
    NEW,
    /// Lines that are the same and not shown; the piece says how many.
    SKIPPED
  }

  /// Some text.
  public record Piece(Kind kind, String text) {}

  /// A line with the words that differ in it.
  ///
  /// @param kind NEW or GONE where the line as such differs
  public record Line(Kind kind, List<Piece> pieces) {
    public Line {
      pieces = List.copyOf(pieces);
    }
  }

  /// The lines of both texts; none if they are the same.
  public static List<Line> of(String before, String after) {
    var lines = new ArrayList<Line>();
    var gone = new ArrayList<String>();
    var come = new ArrayList<String>();
    for (var piece : pieces(before.lines().toList(), after.lines().toList())) {
      switch (piece.kind()) {
        case GONE -> gone.add(piece.text());
        case NEW -> come.add(piece.text());
        case SAME, SKIPPED -> {
          changed(gone, come, lines);
          lines.add(new Line(Kind.SAME, List.of(piece)));
        }
      }
    }
    changed(gone, come, lines);
    return near(lines);
  }

  /// Pairs the lines of one place, so that the words in them can be told apart.
  private static void changed(List<String> gone, List<String> come, List<Line> lines) {
    var pairs = Math.min(gone.size(), come.size());
    var later = new ArrayList<Line>();
    for (var i = 0; i < pairs; i++) {
      var pieces = pieces(words(gone.get(i)), words(come.get(i)));
      lines.add(line(Kind.GONE, pieces, Kind.NEW));
      later.add(line(Kind.NEW, pieces, Kind.GONE));
    }
    for (var i = pairs; i < gone.size(); i++) {
      lines.add(new Line(Kind.GONE, List.of(new Piece(Kind.GONE, gone.get(i)))));
    }
    lines.addAll(later);
    for (var i = pairs; i < come.size(); i++) {
      lines.add(new Line(Kind.NEW, List.of(new Piece(Kind.NEW, come.get(i)))));
    }
    gone.clear();
    come.clear();
  }

  private static Line line(Kind kind, List<Piece> pieces, Kind without) {
    return new Line(kind, pieces.stream().filter(piece -> piece.kind() != without).toList());
  }

  private static List<String> words(String line) {
    return WORDS.matcher(line).results().map(found -> found.group()).toList();
  }

  /// The longest common part, and what is beside it.
  private static List<Piece> pieces(List<String> before, List<String> after) {
    var pieces = new ArrayList<Piece>();
    var start = 0;
    var ends = 0;
    var most = Math.min(before.size(), after.size());
    while (start < most && before.get(start).equals(after.get(start))) {
      start++;
    }
    while (ends < most - start
        && before.get(before.size() - 1 - ends).equals(after.get(after.size() - 1 - ends))) {
      ends++;
    }
    before.subList(0, start).forEach(text -> pieces.add(new Piece(Kind.SAME, text)));
    middle(
        before.subList(start, before.size() - ends),
        after.subList(start, after.size() - ends),
        pieces);
    before
        .subList(before.size() - ends, before.size())
        .forEach(text -> pieces.add(new Piece(Kind.SAME, text)));
    return pieces;
  }

  private static void middle(List<String> before, List<String> after, List<Piece> pieces) {
    var n = before.size();
    var m = after.size();
    if ((long) n * m > MOST) {
      before.forEach(text -> pieces.add(new Piece(Kind.GONE, text)));
      after.forEach(text -> pieces.add(new Piece(Kind.NEW, text)));
      return;
    }
    var longest = new int[n + 1][m + 1];
    for (var i = n - 1; i >= 0; i--) {
      for (var j = m - 1; j >= 0; j--) {
        longest[i][j] =
            before.get(i).equals(after.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    var i = 0;
    var j = 0;
    while (i < n || j < m) {
      if (i < n && j < m && before.get(i).equals(after.get(j))) {
        pieces.add(new Piece(Kind.SAME, before.get(i++)));
        j++;
      } else if (j == m || i < n && longest[i + 1][j] >= longest[i][j + 1]) {
        pieces.add(new Piece(Kind.GONE, before.get(i++)));
      } else {
        pieces.add(new Piece(Kind.NEW, after.get(j++)));
      }
    }
  }

  /// Only lines near one that differs; none where nothing does.
  private static List<Line> near(List<Line> lines) {
    var near = new boolean[lines.size()];
    for (var i = 0; i < near.length; i++) {
      if (lines.get(i).kind() != Kind.SAME) {
        for (var j = Math.max(0, i - CONTEXT); j <= Math.min(near.length - 1, i + CONTEXT); j++) {
          near[j] = true;
        }
      }
    }
    var shown = new ArrayList<Line>();
    var skipped = 0;
    for (var i = 0; i < near.length; i++) {
      if (near[i]) {
        skipped(skipped, shown);
        skipped = 0;
        shown.add(lines.get(i));
      } else {
        skipped++;
      }
    }
    if (!shown.isEmpty()) {
      skipped(skipped, shown);
    }
    return List.copyOf(shown);
  }

  private static void skipped(int lines, List<Line> shown) {
    if (lines > 0) {
      shown.add(new Line(Kind.SKIPPED, List.of(new Piece(Kind.SKIPPED, Integer.toString(lines)))));
    }
  }
}
