package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A version of no known scheme, as its runs of digits and of letters; other characters only
/// separate. Words for a pre-release come before zero, other words between zero and one, and a
/// version goes on in zeros: `1.0rc1 < 1 = 1.0 < 1.0a < 1.0.1`.
///
/// Understood is printable ASCII that begins with a digit (after an optional `v`), without a colon
/// or an exclamation mark, since an epoch would be taken for a number, and not a commit's hash,
/// since it has no place in any order.
record GenericVersion(List<Part> parts) implements Comparable<GenericVersion> {

  enum Rank {
    PRERELEASE,
    ZERO,
    WORD,
    NUMBER
  }

  /// @param text a number, a word in lower case, or a pre-release word's place among its like
  record Part(Rank rank, String text) implements Comparable<Part> {
    static final Part ZERO = new Part(Rank.ZERO, "");

    @Override
    public int compareTo(Part other) {
      if (rank != other.rank) {
        return rank.compareTo(other.rank);
      }
      return rank == Rank.NUMBER
          ? Ascii.compareNumbers(text, other.text)
          : text.compareTo(other.text);
    }
  }

  private static final Map<String, String> PRERELEASES =
      Map.ofEntries(
          Map.entry("dev", "1"),
          Map.entry("nightly", "1"),
          Map.entry("canary", "1"),
          Map.entry("snapshot", "1"),
          Map.entry("alpha", "2"),
          Map.entry("beta", "3"),
          Map.entry("insiders", "3"),
          Map.entry("pre", "4"),
          Map.entry("preview", "4"),
          Map.entry("milestone", "4"),
          Map.entry("rc", "5"));

  static Optional<GenericVersion> parse(String text) {
    var version = Ascii.lower(text.startsWith("v") ? text.substring(1) : text);
    if (version.isEmpty()
        || !Ascii.isDigit(version.charAt(0))
        || !version.chars().allMatch(c -> (Ascii.isVisible(c) && c != ':' && c != '!') || c == ' ')
        || isHash(version)) {
      return Optional.empty();
    }
    var runs = Ascii.runs(version);
    var parts = new ArrayList<Part>();
    for (var i = 0; i < runs.size(); i++) {
      var run = runs.get(i);
      if (Ascii.isDigit(run.charAt(0))) {
        parts.add(number(run));
      } else if (Ascii.isLetter(run.charAt(0))) {
        var numbered = i + 1 < runs.size() && Ascii.isDigit(runs.get(i + 1).charAt(0));
        parts.add(word(run, numbered));
      }
    }
    return Optional.of(new GenericVersion(List.copyOf(parts)));
  }

  private static boolean isHash(String version) {
    return version.length() >= 7
        && version.chars().allMatch(c -> Ascii.isDigit(c) || (c >= 'a' && c <= 'f'))
        && !Ascii.isNumber(version);
  }

  private static Part number(String digits) {
    return Ascii.compareNumbers(digits, "0") == 0 ? Part.ZERO : new Part(Rank.NUMBER, digits);
  }

  /// `a` and `b` are alpha and beta only with a number: `1.0a` is the first patch of 1.0.
  private static Part word(String word, boolean numbered) {
    var full =
        numbered && word.equals("a") ? "alpha" : numbered && word.equals("b") ? "beta" : word;
    var prerelease = PRERELEASES.get(full);
    return prerelease == null ? new Part(Rank.WORD, full) : new Part(Rank.PRERELEASE, prerelease);
  }

  @Override
  public int compareTo(GenericVersion other) {
    for (var i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      var left = i < parts.size() ? parts.get(i) : Part.ZERO;
      var right = i < other.parts.size() ? other.parts.get(i) : Part.ZERO;
      var byPart = left.compareTo(right);
      if (byPart != 0) {
        return byPart;
      }
    }
    return 0;
  }
}
