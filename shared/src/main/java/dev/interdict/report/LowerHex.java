package dev.interdict.report;

/// Lower-case hex digits, told by hand: a server reads a dozen ids for each report, and a pattern
/// takes several times as long.
final class LowerHex {
  private LowerHex() {}

  /// Whether `text` is so many digits and nothing else.
  static boolean is(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    for (var i = 0; i < digits; i++) {
      var c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
