package dev.interdict.server.http;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The paths that are let in: plain characters, no encoding, no dots that climb, no parameters, no
/// empty segments. None of our addresses needs more, and what cannot be written in two ways cannot
/// be checked in one and used in the other.
final class CanonicalPath {
  private static final int LONGEST = 1_000;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~@:+=,-]+");

  private CanonicalPath() {}

  /// Segment by segment: a pattern for the whole would recurse for each of them.
  static boolean is(String path) {
    if (path.length() > LONGEST || !path.startsWith("/")) {
      return false;
    }
    var end = path.length() - (path.endsWith("/") ? 1 : 0);
    return path.equals("/")
        || end > 0
            && Stream.of(path.substring(1, end).split("/", -1)).allMatch(CanonicalPath::plain);
  }

  private static boolean plain(String segment) {
    return SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
  }
}
