package dev.interdict.server.draft;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dates: whether they can be kept.
final class DateLint {
  private DateLint() {}

  static void check(Draft draft, Instant now, @Nullable Instant published, List<Finding> findings) {
    var timeline = draft.rule().timeline();
    past(draft, now, published, findings);
    notice(draft, timeline, findings);
    reminders(draft, timeline, findings);
    rings(draft, timeline, findings);
  }

  private static void past(
      Draft draft, Instant now, @Nullable Instant published, List<Finding> findings) {
    var effective = Lint.effective(draft.rule());
    if (!effective.isAfter(now) && !effective.equals(published)) {
      var here = ZonedDateTime.ofInstant(now, draft.rule().timeline().zone());
      findings.add(
          draft.finding(
              LintCode.R021,
              "/timeline/effective",
              "timeline.effective: "
                  + draft.rule().timeline().effective()
                  + " is past; write a date after "
                  + here.toLocalDate()));
    }
  }

  private static void notice(Draft draft, Timeline timeline, List<Finding> findings) {
    var ahead = Duration.between(timeline.announce(), timeline.effective());
    if (timeline.minimumNotice().compareTo(ahead) > 0) {
      findings.add(
          draft.finding(
              LintCode.R023,
              "/timeline/minimum-notice",
              "timeline.minimum-notice: "
                  + timeline.minimumNotice()
                  + " is longer than the "
                  + ahead
                  + " from announcement to effective date, so no device would keep the date;"
                  + " announce earlier or write at most "
                  + ahead));
    }
    var acts = draft.rule().enforcement().compareTo(Enforcement.BLOCK) >= 0;
    if (acts && timeline.minimumNotice().isZero()) {
      findings.add(
          draft.finding(
              LintCode.R025,
              "/timeline/minimum-notice",
              "timeline.minimum-notice: nobody who was away is warned before it counts; write such"
                  + " as PT24H"));
    }
  }

  private static void reminders(Draft draft, Timeline timeline, List<Finding> findings) {
    var ahead = Duration.between(timeline.announce(), timeline.effective());
    for (var reminder : timeline.reminders()) {
      if (reminder.compareTo(ahead) >= 0) {
        findings.add(
            draft.finding(
                LintCode.R024,
                "/timeline/reminders",
                "timeline.reminders: "
                    + reminder
                    + " before the effective date nothing is announced yet; write less than "
                    + ahead));
      }
    }
  }

  private static void rings(Draft draft, Timeline timeline, List<Finding> findings) {
    var rings = draft.rule().scope().rings();
    for (var i = 0; i < rings.size(); i++) {
      var at = rings.get(i).at();
      if (!at.isAfter(timeline.announce()) || at.isAfter(timeline.effective())) {
        findings.add(
            draft.finding(
                LintCode.R026,
                "/scope/rings/" + i + "/at",
                "scope.rings."
                    + i
                    + ".at: "
                    + at
                    + " must lie after the announcement at "
                    + timeline.announce()
                    + " and not after the effective date at "
                    + timeline.effective()));
      }
    }
  }
}
