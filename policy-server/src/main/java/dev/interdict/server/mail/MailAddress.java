package dev.interdict.server.mail;

import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.regex.Pattern;

/// An address of a mailbox, in the narrow form that every server takes: nothing in it can end a
/// header or name a second mailbox.
public final class MailAddress {
  private static final Pattern SHAPE =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  private static final int MOST = 254;

  private MailAddress() {}

  /// Whether it is one.
  public static boolean is(String text) {
    return text.length() <= MOST && SHAPE.matcher(text).matches();
  }

  /// The text, which is one.
  ///
  /// @throws IllegalArgumentException if it is none
  public static String checked(String text) {
    if (!is(text)) {
      throw new SentenceException(
          Sentence.of(
              "mail.address",
              "\"%s\" is no address; write such as security@example.com, without a name",
              text));
    }
    return text;
  }
}
