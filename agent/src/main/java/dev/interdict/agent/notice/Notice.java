package dev.interdict.agent.notice;

import dev.interdict.policy.Language;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/// What one person is told at one time, of one rule or of several merged into one.
///
/// @param id names this notice in receipts and answers; 1 to 64 of `a-z`, `0-9` and dashes
/// @param matters at least one and at most [#MOST_MATTERS], no rule twice
public record Notice(String id, Urgency urgency, Recipient recipient, List<Matter> matters) {
  /// No company tells anybody of more at once; whoever has more sends a second notice.
  public static final int MOST_MATTERS = 50;

  /// How much a notice may intrude.
  public enum Urgency {
    LOW,
    NORMAL,
    /// Stays until it is answered, and breaks through a wish not to be disturbed.
    CRITICAL
  }

  public Notice {
    matters = List.copyOf(matters);
    if (!wellFormed(id)) {
      throw new IllegalArgumentException(
          "notice id \"" + id + "\" is not made of 1 to 64 of a-z, 0-9 and dashes");
    }
    if (matters.isEmpty() || matters.size() > MOST_MATTERS) {
      throw new IllegalArgumentException(
          "a notice is about 1 to " + MOST_MATTERS + " rules, not " + matters.size());
    }
    if (matters.stream().map(Matter::rule).distinct().count() < matters.size()) {
      throw new IllegalArgumentException("a notice names a rule twice: " + matters);
    }
  }

  /// The notice that is as urgent as the most urgent of its matters.
  public static Notice of(String id, Recipient recipient, List<Matter> matters) {
    var urgency =
        matters.stream()
            .map(matter -> matter.phase().urgency())
            .max(Comparator.naturalOrder())
            .orElse(Urgency.NORMAL);
    return new Notice(id, urgency, recipient, matters);
  }

  /// The same for a session that says in which language and zone it is.
  public Notice in(Language language, ZoneId zone) {
    return new Notice(id, urgency, new Recipient(recipient.home(), language, zone), matters);
  }

  private static boolean wellFormed(String id) {
    return !id.isEmpty()
        && id.length() <= 64
        && id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
  }
}
