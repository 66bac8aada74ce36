package dev.interdict.report;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What became of one notice of a rule: that it was shown, where, and what was done with it, or why
/// it was not shown. Its text is not here: it follows from the signed rule.
///
/// @param at by the device's trusted time
/// @param phase the occasion as the agent writes it, such as `one-day`: a word of at most 40
///   characters
/// @param channel where it was to be seen (`desktop`, `terminal`, `page`), a word too; null where
///   it came to none
/// @param outcome one of [#OUTCOMES]
/// @param person a keyed hash that stands for the account it was for, as in [ReportedFinding]; null
///   where there was nobody
public record ReportedNotice(
    Instant at, String phase, @Nullable String channel, String outcome, @Nullable String person) {
  /// What a newer agent may say that this program has no word for.
  static final String OTHER = "other";

  /// What can become of a notice: it was shown; there was no session to show it in; the session
  /// asked not to be disturbed; the desktop refused it; showing it failed; a button was pressed; it
  /// was closed.
  public static final Set<String> OUTCOMES =
      Set.of(
          "shown", "no-session", "do-not-disturb", "refused", "failed", "clicked", "closed", OTHER);

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /// @throws IllegalArgumentException if phase or channel is no word, or the outcome none of them
  public ReportedNotice {
    word(phase);
    if (channel != null) {
      word(channel);
    }
    if (!OUTCOMES.contains(outcome)) {
      throw new IllegalArgumentException("no outcome of a notice: " + outcome);
    }
    person = BoundedText.ofNullable(person, 64);
  }

  /// The text, held to the grammar of a word.
  ///
  /// @throws IllegalArgumentException if it is none
  static String word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a word of lower-case letters, digits and dashes, at most 40 characters");
    }
    return text;
  }
}
