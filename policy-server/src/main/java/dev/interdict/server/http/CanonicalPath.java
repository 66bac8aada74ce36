package dev.interdict.server.http;

/// The paths that are let in: plain characters, no encoding, no dots that climb, no parameters, no
/// empty segments. None of our addresses needs more, and what cannot be written in two ways cannot
/// be checked in one and used in the other.
final class CanonicalPath {
  private static final int LONGEST = 1_000;
  private static final String MARKS = "._~@:+=,-";

  private CanonicalPath() {}

  static boolean is(String path) {
    if (path.length() > LONGEST || !path.startsWith("/")) {
      return false;
    }
    var end = path.length() - (path.endsWith("/") ? 1 : 0);
    if (path.equals("/")) {
      return true;
    }
    for (var from = 1; from <= end; ) {
      var slash = path.indexOf('/', from);
      var to = slash < 0 || slash > end ? end : slash;
      if (!isPlain(path, from, to)) {
        return false;
      }
      from = to + 1;
    }
    return end > 0;
  }

  private static boolean isPlain(String path, int from, int to) {
    var dots = 0;
    for (var i = from; i < to; i++) {
      var c = path.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
          && MARKS.indexOf(c) < 0) {
        return false;
      }
      dots += c == '.' ? 1 : 0;
    }
    var length = to - from;
    return length > 0 && !(length <= 2 && dots == length);
  }
}
