package dev.interdict.report;

import org.jspecify.annotations.Nullable;

/// Text from a machine we do not trust, made fit to store and show: cut to a length, control and
/// direction-changing characters replaced. Cut rather than refused, because a device whose report
/// is refused over one long path would never be heard again.
final class BoundedText {
  private BoundedText() {}

  /// The text, at most `most` characters; a blank one becomes `unknown`.
  static String of(String text, int most) {
    if (text.isBlank()) {
      return "unknown";
    }
    var out = new StringBuilder(Math.min(text.length(), most));
    var cut = text.length() > most;
    var end = cut ? most - 1 : text.length();
    if (cut && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    for (var i = 0; i < end; i++) {
      var c = text.charAt(i);
      out.append(misleading(c) ? '\uFFFD' : c);
    }
    return cut ? out.append('…').toString() : out.toString();
  }

  /// As [#of], where absent and blank are both null.
  static @Nullable String ofNullable(@Nullable String text, int most) {
    return text == null || text.isBlank() ? null : of(text, most);
  }

  private static boolean misleading(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u200E'
        || c == '\u200F'
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2066' && c <= '\u2069';
  }
}
