package dev.interdict.identity;

import java.util.Arrays;

/// A pattern for paths and for names such as a model's, matched in at most 2 × (length of the
/// pattern + 1) steps for each character of the text, whatever either holds.
///
/// `*` stands for any characters within one component, `?` for one of them, `**` as a whole
/// component for any number of components. Everything else stands for itself: no classes, no
/// alternatives, no escapes. Components are parted by `/` on every system. The text must be a
/// normal path: no `.`, no `..`, no empty component. Thread-safe.
public final class Glob {
  private static final int MAX_LENGTH = 1024;

  /// Pattern characters that are no code points.
  private static final int ONE = -1;

  private static final int MANY = -2;
  private static final int COMPONENTS = -3;
  private static final int REST = -4;

  private final String pattern;
  private final boolean ignoresCase;
  private final int[] tokens;

  private Glob(String pattern, boolean ignoresCase) {
    this.pattern = pattern;
    this.ignoresCase = ignoresCase;
    this.tokens = tokens();
  }

  /// A pattern that keeps upper and lower case apart.
  ///
  /// @throws IllegalArgumentException with the reason and the pattern
  public static Glob of(String pattern) {
    requireSense(pattern);
    return new Glob(pattern, false);
  }

  /// A pattern that folds case as Windows and macOS do: each character alone, in no language.
  ///
  /// @throws IllegalArgumentException with the reason and the pattern
  public static Glob ignoringCase(String pattern) {
    requireSense(pattern);
    return new Glob(pattern, true);
  }

  public boolean matches(String text) {
    return new Run().accepts(text);
  }

  /// Whether the pattern matches everything, or so much that it names nothing: it holds neither a
  /// letter nor a digit.
  public boolean matchesEverything() {
    return pattern.codePoints().noneMatch(Character::isLetterOrDigit);
  }

  /// The components before the first that holds a wildcard, as written: what each match is or lies
  /// below, except that its case may differ where case is ignored.
  public String stem() {
    var wild = 0;
    while (wild < pattern.length() && pattern.charAt(wild) != '*' && pattern.charAt(wild) != '?') {
      wild++;
    }
    return wild == pattern.length()
        ? pattern
        : pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', wild)));
  }

  public boolean ignoresCase() {
    return ignoresCase;
  }

  private static void requireSense(String pattern) {
    if (pattern.isEmpty()) {
      throw refused("it is empty", pattern);
    }
    if (pattern.length() > MAX_LENGTH) {
      throw refused("it is longer than %d characters".formatted(MAX_LENGTH), pattern);
    }
    if (pattern.indexOf('\\') >= 0) {
      throw refused("components are parted by \"/\", and there are no escapes", pattern);
    }
    if (pattern.codePoints().anyMatch(Character::isISOControl)) {
      throw refused("it holds a control character", pattern);
    }
    var components = pattern.split("/", -1);
    for (var i = 0; i < components.length; i++) {
      var component = components[i];
      if (component.isEmpty() && (i > 0 || components.length == 1)) {
        throw refused("it has an empty component", pattern);
      }
      if (component.equals(".") || component.equals("..")) {
        throw refused("\".\" and \"..\" never match", pattern);
      }
      if (component.contains("**") && !component.equals("**")) {
        throw refused("\"**\" must be a whole component", pattern);
      }
    }
  }

  private static IllegalArgumentException refused(String reason, String pattern) {
    return new IllegalArgumentException(
        "not a pattern: %s: %s".formatted(reason, Printable.of(pattern, 200)));
  }

  private int[] tokens() {
    var out = new int[pattern.length()];
    var count = 0;
    for (var at = 0; at < pattern.length(); count++) {
      if (pattern.startsWith("**/", at)) {
        out[count] = COMPONENTS;
        at += 3;
      } else if (pattern.startsWith("**", at)) {
        out[count] = REST;
        at += 2;
      } else {
        var c = pattern.codePointAt(at);
        out[count] = c == '*' ? MANY : c == '?' ? ONE : fold(c);
        at += Character.charCount(c);
      }
    }
    return Arrays.copyOf(out, count);
  }

  private int fold(int c) {
    return ignoresCase ? Character.toLowerCase(Character.toUpperCase(c)) : c;
  }

  /// One match: all places of the pattern that the text read so far can have led to, side by side,
  /// so that there is nothing to go back to.
  final class Run {
    private boolean[] now = new boolean[tokens.length + 1];
    private boolean[] next = new boolean[tokens.length + 1];

    /// How many times a place was looked at.
    long steps;

    boolean accepts(String text) {
      enter(now, 0);
      for (var i = 0; i < text.length(); ) {
        var c = text.codePointAt(i);
        read(fold(c));
        i += Character.charCount(c);
      }
      return now[tokens.length];
    }

    private void read(int c) {
      Arrays.fill(next, false);
      for (var place = 0; place < tokens.length; place++) {
        steps++;
        if (now[place]) {
          step(place, c);
        }
      }
      var spare = now;
      now = next;
      next = spare;
    }

    private void step(int place, int c) {
      switch (tokens[place]) {
        case ONE -> {
          if (c != '/') {
            enter(next, place + 1);
          }
        }
        case MANY -> {
          if (c != '/') {
            enter(next, place);
          }
        }
        case COMPONENTS -> {
          next[place] = true;
          if (c == '/') {
            enter(next, place + 1);
          }
        }
        case REST -> {
          next[place] = true;
          next[place + 1] = true;
        }
        default -> {
          if (tokens[place] == c) {
            enter(next, place + 1);
          }
        }
      }
    }

    /// Adds a place and those that are reached from it without reading.
    private void enter(boolean[] places, int first) {
      var place = first;
      while (!places[place]) {
        steps++;
        places[place] = true;
        if (place == tokens.length || (tokens[place] != MANY && tokens[place] != COMPONENTS)) {
          return;
        }
        place++;
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob
        && pattern.equals(glob.pattern)
        && ignoresCase == glob.ignoresCase;
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  /// The pattern as it was written.
  @Override
  public String toString() {
    return pattern;
  }
}
