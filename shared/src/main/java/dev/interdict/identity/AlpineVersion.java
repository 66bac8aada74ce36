package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version as apk reads it (apk-package(5)): numbers parted by dots, at most one letter, suffixes
/// such as `_alpha`, `_rc1` or `_p2`, and a build `-r3`.
///
/// `1.0_alpha1 < 1.0_rc < 1.0 < 1.0-r1 < 1.0_p1 < 1.0a < 1.0.1`; a later number that begins with
/// zero is a fraction (`1.05 < 1.1`). A version with a commit's hash (`~1f3c`) is not understood.
record AlpineVersion(List<Part> parts) implements Comparable<AlpineVersion> {
  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)*)([a-z]?)((?:_[a-z]+[0-9]*)*)(?:-r([0-9]+))?");
  private static final Pattern SUFFIX = Pattern.compile("_([a-z]+)([0-9]*)");

  /// What may stand next in a version, from what makes it older to what makes it newer.
  private enum Kind {
    BEFORE_RELEASE,
    END,
    BUILD,
    SUFFIX_NUMBER,
    AFTER_RELEASE,
    LETTER,
    FRACTION,
    NUMBER
  }

  /// @param text a number, or for suffixes the place among their like
  private record Part(Kind kind, String text) implements Comparable<Part> {
    static final Part END = new Part(Kind.END, "");

    @Override
    public int compareTo(Part other) {
      if (kind != other.kind) {
        return kind.compareTo(other.kind);
      }
      return switch (kind) {
        case FRACTION, LETTER -> text.compareTo(other.text);
        default -> Ascii.compareNumbers(text, other.text);
      };
    }
  }

  private static final Map<String, Part> SUFFIXES =
      Map.of(
          "alpha", new Part(Kind.BEFORE_RELEASE, "1"),
          "beta", new Part(Kind.BEFORE_RELEASE, "2"),
          "pre", new Part(Kind.BEFORE_RELEASE, "3"),
          "rc", new Part(Kind.BEFORE_RELEASE, "4"),
          "cvs", new Part(Kind.AFTER_RELEASE, "1"),
          "svn", new Part(Kind.AFTER_RELEASE, "2"),
          "git", new Part(Kind.AFTER_RELEASE, "3"),
          "hg", new Part(Kind.AFTER_RELEASE, "4"),
          "p", new Part(Kind.AFTER_RELEASE, "5"));

  static Optional<AlpineVersion> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    var parts = new ArrayList<Part>();
    for (var number : form.group(1).split("\\.")) {
      var fraction = !parts.isEmpty() && number.startsWith("0");
      parts.add(new Part(fraction ? Kind.FRACTION : Kind.NUMBER, number));
    }
    if (!form.group(2).isEmpty()) {
      parts.add(new Part(Kind.LETTER, form.group(2)));
    }
    var suffix = SUFFIX.matcher(form.group(3));
    while (suffix.find()) {
      var known = SUFFIXES.get(suffix.group(1));
      if (known == null) {
        return Optional.empty();
      }
      parts.add(known);
      if (!suffix.group(2).isEmpty()) {
        parts.add(new Part(Kind.SUFFIX_NUMBER, suffix.group(2)));
      }
    }
    if (form.group(4) != null) {
      parts.add(new Part(Kind.BUILD, form.group(4)));
    }
    parts.add(Part.END);
    return Optional.of(new AlpineVersion(List.copyOf(parts)));
  }

  @Override
  public int compareTo(AlpineVersion other) {
    for (var i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
      var byPart = parts.get(i).compareTo(other.parts.get(i));
      if (byPart != 0) {
        return byPart;
      }
    }
    // Each ends in END, which equals no other kind: the loop decided unless both are the same.
    return 0;
  }
}
