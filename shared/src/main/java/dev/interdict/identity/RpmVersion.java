package dev.interdict.identity;

import java.util.List;
import java.util.Optional;

/// A version as rpm reads it: `[epoch:]version[-release]`, each part as its runs of digits, its
/// runs of letters, `~` and `^`; other characters only separate.
record RpmVersion(String epoch, List<String> version, List<String> release)
    implements Comparable<RpmVersion> {

  static Optional<RpmVersion> parse(String text) {
    var colon = text.indexOf(':');
    var epoch = colon < 0 ? "0" : text.substring(0, colon);
    var rest = text.substring(colon + 1);
    var dash = rest.lastIndexOf('-');
    var version = dash < 0 ? rest : rest.substring(0, dash);
    var release = dash < 0 ? "" : rest.substring(dash + 1);
    var valid = Ascii.isNumber(epoch) && isPart(version) && (dash < 0 || isPart(release));
    return valid
        ? Optional.of(new RpmVersion(epoch, tokens(version), tokens(release)))
        : Optional.empty();
  }

  private static boolean isPart(String text) {
    return Ascii.consistsOf(text, "._+~^")
        && text.chars().anyMatch(c -> Ascii.isDigit(c) || Ascii.isLetter(c));
  }

  private static List<String> tokens(String part) {
    return Ascii.runs(part).stream().filter(run -> rank(run) != Rank.SEPARATOR).toList();
  }

  @Override
  public int compareTo(RpmVersion other) {
    var byEpoch = Ascii.compareNumbers(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    var byVersion = compareParts(version, other.version);
    return byVersion != 0 ? byVersion : compareParts(release, other.release);
  }

  private static int compareParts(List<String> left, List<String> right) {
    for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
      var a = i < left.size() ? left.get(i) : "";
      var b = i < right.size() ? right.get(i) : "";
      var byRank = rank(a).compareTo(rank(b));
      if (byRank != 0) {
        return byRank;
      }
      var byValue = rank(a) == Rank.NUMBER ? Ascii.compareNumbers(a, b) : a.compareTo(b);
      if (byValue != 0) {
        return byValue;
      }
    }
    return 0;
  }

  private enum Rank {
    SEPARATOR,
    TILDE,
    END,
    CARET,
    WORD,
    NUMBER
  }

  private static Rank rank(String run) {
    if (run.isEmpty()) {
      return Rank.END;
    }
    var c = run.charAt(0);
    if (Ascii.isDigit(c)) {
      return Rank.NUMBER;
    }
    if (Ascii.isLetter(c)) {
      return Rank.WORD;
    }
    return switch (c) {
      case '~' -> Rank.TILDE;
      case '^' -> Rank.CARET;
      default -> Rank.SEPARATOR;
    };
  }
}
