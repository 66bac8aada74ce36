package dev.interdict.server.http;

import java.util.regex.Pattern;

/// The paths that are let in: plain characters, no encoding, no dots that climb, no parameters, no
/// empty segments. None of our addresses needs more, and what cannot be written in two ways cannot
/// be checked in one and used in the other.
final class CanonicalPath {
  private static final int LONGEST = 1_000;
  private static final Pattern PLAIN =
      Pattern.compile("/|(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~@:+=,-]+)+/?");

  private CanonicalPath() {}

  static boolean is(String path) {
    return path.length() <= LONGEST && PLAIN.matcher(path).matches();
  }
}
