package dev.interdict.report;

import dev.interdict.identity.Printable;
import org.jspecify.annotations.Nullable;

/// Text from a machine we do not trust, made fit to store and show: printable and cut to a length.
/// Cut rather than refused, because a device whose report is refused over one long path would never
/// be heard again.
final class BoundedText {
  private BoundedText() {}

  /// The text, at most `most` characters; a blank one becomes `unknown`.
  static String of(String text, int most) {
    if (text.isBlank()) {
      return "unknown";
    }
    var printable = Printable.of(text);
    if (printable.length() <= most) {
      return printable;
    }
    var end = Character.isHighSurrogate(printable.charAt(most - 2)) ? most - 2 : most - 1;
    return printable.substring(0, end) + "…";
  }

  /// As [#of], where absent and blank are both null.
  static @Nullable String ofNullable(@Nullable String text, int most) {
    return text == null || text.isBlank() ? null : of(text, most);
  }
}
