package dev.interdict.report;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a person at the device answered to a notice of a rule. The text is the one thing in a
/// report that somebody wrote, and wrote in order to send it.
///
/// @param id names the answer, so that one told in several reports is one: 1 to 64 letters, digits
///   and dashes
/// @param kind one of [#KINDS]
/// @param at by the device's trusted time
/// @param until what it asks or takes the time until: the next reminder, the new date, the end of
///   an exemption; null where it names none
/// @param finding the [ReportedFinding#key] it is about; null where the whole rule is meant
/// @param text the person's reason, at most 500 characters; null where none was given
/// @param person a keyed hash that stands for the account, as in [ReportedFinding]
public record ReportedAnswer(
    String id,
    String kind,
    Instant at,
    @Nullable Instant until,
    @Nullable String finding,
    @Nullable String text,
    @Nullable String person) {
  /// What a newer agent may say that this program has no word for.
  static final String OTHER = "other";

  /// Remind me later; removal was put off; remove it now; an exemption is asked for; a one-time
  /// code was typed that grants one; the finding is not that tool. The request and the last wait
  /// for somebody's decision.
  public static final Set<String> KINDS =
      Set.of(
          "remind",
          "put-off",
          "remove-now",
          "exemption-request",
          "exemption-code",
          "not-that-tool",
          OTHER);

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

  /// @throws IllegalArgumentException if id or finding has another shape, or the kind is none of
  ///   them
  public ReportedAnswer {
    id(id);
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException("no kind of answer: " + kind);
    }
    if (finding != null) {
      ReportedFinding.key(finding);
    }
    text = BoundedText.ofNullable(text, 500);
    person = BoundedText.ofNullable(person, 64);
  }

  /// Whether somebody has to decide on it.
  public boolean asks() {
    return kind.equals("exemption-request") || kind.equals("not-that-tool");
  }

  /// The text, held to the shape of an id.
  ///
  /// @throws IllegalArgumentException if it has another
  static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new IllegalArgumentException("an answer's id is 1 to 64 letters, digits and dashes");
    }
    return text;
  }
}
