package dev.interdict.agent.platform.macos.installers;

import java.util.Optional;

/// An identifier in the way of `com.example.tool`, as receipts and launchd's labels are: letters,
/// digits, dots, hyphens and underscores, beginning with a letter or digit, so that no argument can
/// be taken for an option or a path.
record PlainName(String text) {
  private static final int LONGEST = 200;

  /// Empty for anything else.
  static Optional<PlainName> parse(String text) {
    return valid(text) ? Optional.of(new PlainName(text)) : Optional.empty();
  }

  private static boolean valid(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && letterOrDigit(text.charAt(0))
        && !text.contains("..")
        && text.chars().allMatch(c -> letterOrDigit(c) || c == '.' || c == '-' || c == '_');
  }

  private static boolean letterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
