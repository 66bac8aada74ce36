package dev.interdict.server.mail;

import java.util.ArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a published list changed, in the language of a mail: the server wrote it down in English
/// once, as `added claude-code, withdrawn cursor: reason`, and the reason is a person's. Pure.
final class Changes {
  private static final Pattern PIECE =
      Pattern.compile(
          "(added|changed|withdrawn) ([a-z0-9-]+)|devices may tell: [a-z]+(?:, no host names)?"
              + "|no rules");
  private static final String NEXT = ", ";
  private static final String REASON = ": ";

  private Changes() {}

  /// @param name what people call the rule of an id
  /// @return as it stands what is not understood, such as of a newer server
  static String told(String summary, MailWords words, UnaryOperator<String> name) {
    var pieces = new ArrayList<String>();
    var piece = PIECE.matcher(summary);
    var at = 0;
    do {
      if (!piece.region(at, summary.length()).lookingAt()) {
        return summary;
      }
      pieces.add(piece(piece, words, name));
      at = piece.end() + NEXT.length();
    } while (summary.startsWith(NEXT, piece.end()));
    var rest = summary.substring(piece.end());
    return rest.isEmpty() || rest.startsWith(REASON)
        ? String.join(words.get("change.next"), pieces) + rest
        : summary;
  }

  private static String piece(Matcher piece, MailWords words, UnaryOperator<String> name) {
    var change = piece.group(1);
    if (change != null) {
      return words.get("change." + change, name.apply(piece.group(2)));
    }
    return words.get(piece.group().equals("no rules") ? "change.none" : "change.tell");
  }
}
