package dev.interdict.identity;

import java.util.List;
import java.util.Optional;

/// Semantic Versioning 2.0.0. Build metadata is checked and forgotten, since it has no rank.
record SemanticVersion(List<String> core, List<String> prerelease)
    implements Comparable<SemanticVersion> {

  static Optional<SemanticVersion> parse(String text) {
    var start = text.startsWith("v") ? 1 : 0;
    var plus = text.indexOf('+');
    var end = plus < 0 ? text.length() : plus;
    var dash = text.indexOf('-');
    var coreEnd = dash < 0 || dash > end ? end : dash;
    if (start > coreEnd) {
      return Optional.empty();
    }
    var core = identifiers(text.substring(start, coreEnd));
    var prerelease =
        coreEnd == end ? List.<String>of() : identifiers(text.substring(dash + 1, end));
    var build = plus < 0 ? List.<String>of() : identifiers(text.substring(plus + 1));
    var valid =
        core.size() == 3
            && core.stream().allMatch(part -> Ascii.isNumber(part) && !hasLeadingZero(part))
            && prerelease.stream().allMatch(SemanticVersion::isPrerelease)
            && build.stream().allMatch(SemanticVersion::isIdentifier);
    return valid ? Optional.of(new SemanticVersion(core, prerelease)) : Optional.empty();
  }

  private static List<String> identifiers(String dotted) {
    return List.of(dotted.split("\\.", -1));
  }

  private static boolean isIdentifier(String text) {
    return !text.isEmpty() && Ascii.consistsOf(text, "-");
  }

  private static boolean isPrerelease(String text) {
    return isIdentifier(text) && !(Ascii.isNumber(text) && hasLeadingZero(text));
  }

  private static boolean hasLeadingZero(String number) {
    return number.length() > 1 && number.charAt(0) == '0';
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (var i = 0; i < 3; i++) {
      var byNumber = Ascii.compareNumbers(core.get(i), other.core.get(i));
      if (byNumber != 0) {
        return byNumber;
      }
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    var common = Math.min(prerelease.size(), other.prerelease.size());
    for (var i = 0; i < common; i++) {
      var byIdentifier = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
      if (byIdentifier != 0) {
        return byIdentifier;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static int compareIdentifiers(String left, String right) {
    if (Ascii.isNumber(left) && Ascii.isNumber(right)) {
      return Ascii.compareNumbers(left, right);
    }
    return Ascii.isNumber(left) == Ascii.isNumber(right)
        ? left.compareTo(right)
        : Boolean.compare(Ascii.isNumber(right), Ascii.isNumber(left));
  }
}
