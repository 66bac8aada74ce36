package dev.interdict.identity;

import java.util.ArrayList;
import java.util.List;

/// Character handling that no locale and no Unicode table can change: the Kelvin sign must never
/// become `k` and so turn one product's name into another's.
public final class Ascii {
  private Ascii() {}

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isVisible(int c) {
    return c > ' ' && c < 0x7f;
  }

  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
  }

  /// Whether every character is a letter, a digit or one of `others`; true for the empty text.
  static boolean consistsOf(String text, String others) {
    return text.chars().allMatch(c -> isDigit(c) || isLetter(c) || others.indexOf(c) >= 0);
  }

  /// The text with the letters A to Z in lower case and everything else as it is.
  public static String lower(String text) {
    var out = new StringBuilder(text);
    for (var i = 0; i < out.length(); i++) {
      var c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return out.toString();
  }

  /// Orders two runs of digits of any length by value. The empty run is zero.
  static int compareNumbers(String left, String right) {
    var a = withoutLeadingZeros(left);
    var b = withoutLeadingZeros(right);
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  /// Cuts a text into its longest runs of digits, its longest runs of letters and single other
  /// characters, in order.
  static List<String> runs(String text) {
    var runs = new ArrayList<String>();
    var start = 0;
    for (var i = 1; i <= text.length(); i++) {
      if (i == text.length() || !sameRun(text.charAt(i - 1), text.charAt(i))) {
        runs.add(text.substring(start, i));
        start = i;
      }
    }
    return runs;
  }

  private static boolean sameRun(char left, char right) {
    return (isDigit(left) && isDigit(right)) || (isLetter(left) && isLetter(right));
  }

  private static String withoutLeadingZeros(String digits) {
    var start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }
}
