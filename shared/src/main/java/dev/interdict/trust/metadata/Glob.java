package dev.interdict.trust.metadata;

/// The path patterns of delegations: `*` is any run of characters within one component, `?` one
/// character other than the slash, all else itself.
final class Glob {
  private Glob() {}

  /// Whether `path` fits `pattern`. Linear in the pattern times the path at worst: only the last
  /// star is ever taken back, and never past a slash.
  static boolean matches(String pattern, String path) {
    var p = 0;
    var t = 0;
    var star = -1;
    var resume = 0;
    while (t < path.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && fits(pattern.charAt(p), path.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0 && path.charAt(resume) != '/') {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean fits(char wanted, char given) {
    return wanted == '?' ? given != '/' : wanted == given;
  }
}
