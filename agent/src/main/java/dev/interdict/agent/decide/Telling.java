package dev.interdict.agent.decide;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which notice is to be shown now. Each phase is shown once, a reminder once for each of the
/// rule's reminders; a phase that was missed is not made up for by a later one.
final class Telling {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private Telling() {}

  static @Nullable NoticePhase now(Rule rule, DeviceDate date, History history, Instant now) {
    if (rule.enforcement() == Enforcement.OBSERVE) {
      return null;
    }
    if (!history.shown().containsKey(NoticePhase.ANNOUNCED)) {
      return NoticePhase.ANNOUNCED;
    }
    if (date.at() == null) {
      return null;
    }
    var left = Duration.between(now, date.at());
    var announced = history.shown().get(NoticePhase.ANNOUNCED);
    // A phase that had begun when the announcement was shown is covered by it.
    var leftThen = announced == null ? left : Duration.between(announced, date.at());
    if (left.compareTo(HOUR) <= 0) {
      return once(NoticePhase.LAST_HOUR, HOUR, leftThen, history);
    }
    if (left.compareTo(DAY) <= 0) {
      return once(NoticePhase.DAY_BEFORE, DAY, leftThen, history);
    }
    return reminder(rule, date.at(), history, now);
  }

  private static @Nullable NoticePhase once(
      NoticePhase phase, Duration begins, Duration leftAtAnnouncement, History history) {
    return history.shown().containsKey(phase) || leftAtAnnouncement.compareTo(begins) <= 0
        ? null
        : phase;
  }

  private static @Nullable NoticePhase reminder(
      Rule rule, Instant date, History history, Instant now) {
    Instant last = null;
    for (var shown : history.shown().values()) {
      last = last == null || shown.isAfter(last) ? shown : last;
    }
    for (var before : rule.timeline().reminders()) {
      var at = date.minus(before);
      if (!now.isBefore(at) && last != null && last.isBefore(at)) {
        return NoticePhase.REMINDER;
      }
    }
    return null;
  }
}
