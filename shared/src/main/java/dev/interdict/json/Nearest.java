package dev.interdict.json;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The known word that a mistyped one most likely meant.
public final class Nearest {
  private Nearest() {}

  /// The word of `known` within an edit distance of two, or of a third of its length, or null.
  public static @Nullable String of(String word, Collection<String> known) {
    String best = null;
    var least = Integer.MAX_VALUE;
    for (var candidate : known) {
      var distance = distance(word, candidate);
      if (distance < least && distance <= Math.max(2, candidate.length() / 3)) {
        best = candidate;
        least = distance;
      }
    }
    return best;
  }

  /// Levenshtein distance.
  private static int distance(String left, String right) {
    var row = new int[right.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= left.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var above = row[j];
        row[j] =
            Math.min(
                Math.min(row[j], row[j - 1]) + 1,
                diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1));
        diagonal = above;
      }
    }
    return row[right.length()];
  }
}
