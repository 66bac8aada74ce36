package dev.interdict.agent.sources.windows;

/// What package managers of Windows allow in a package's name, all of them together.
final class PackageName {
  private static final int LONGEST = 128;

  private PackageName() {}

  static boolean plain(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && !name.contains("..")
        && Character.isLetterOrDigit(name.charAt(0))
        && name.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '-'
                    || c == '_'
                    || c == '+');
  }
}
