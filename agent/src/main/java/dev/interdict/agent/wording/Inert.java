package dev.interdict.agent.wording;

/// Makes texts that cannot steer what shows them. Idempotent.
///
/// White space of every kind becomes one blank; controls, escapes, invisible and reordering
/// characters, private and unassigned code points and halves of surrogate pairs are left out, since
/// nothing readable is lost by it; combining marks are kept two deep, so that a text cannot spill
/// over its neighbours.
public final class Inert {
  /// Beyond this no text of ours is sensible, and a channel would have to cut it anyway.
  private static final int MOST = 2_000;

  private Inert() {}

  /// The text as it may be shown, at most 2,000 characters of it.
  public static String text(String text) {
    var out = new StringBuilder(Math.min(text.length(), MOST));
    var marks = 0;
    for (var i = 0; i < text.length() && out.length() < MOST; ) {
      var c = text.codePointAt(i);
      i += Character.charCount(c);
      if (blank(c)) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
          out.append(' ');
        }
        marks = 0;
      } else if (visible(c)) {
        marks = combining(c) ? marks + 1 : 0;
        if (marks <= 2) {
          out.appendCodePoint(c);
        }
      }
    }
    return out.toString().strip();
  }

  private static boolean blank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static boolean combining(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      default -> false;
    };
  }

  private static boolean visible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
