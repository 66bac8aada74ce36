package dev.interdict.server.draft;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Timeline;
import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/// Whether those whose tool is blocked or removed have the time to hear of it, to move, and to ask.
final class PaceLint {
  /// From announcement to effective date.
  private static final int WORKDAYS_TO_MOVE = 5;

  /// From the first ring to everybody.
  private static final int WORKDAYS_TO_LEARN = 3;

  private static final Duration LAST_DAY = Duration.ofDays(1);
  private static final Duration WORKING_DAY = Duration.ofHours(8);
  private static final Duration TO_DECIDE = Duration.ofDays(1);

  private PaceLint() {}

  static void check(Draft draft, WorkCalendar calendar, List<Finding> findings) {
    if (draft.rule().enforcement().compareTo(Enforcement.BLOCK) < 0) {
      return;
    }
    var timeline = draft.rule().timeline();
    notice(draft, timeline, findings);
    reminders(draft, timeline, findings);
    var toMove = workdays(calendar, timeline.announce(), timeline.effective(), WORKDAYS_TO_MOVE);
    if (toMove < WORKDAYS_TO_MOVE) {
      findings.add(
          draft.finding(
              LintCode.R039,
              "/timeline/announce",
              "timeline.announce: "
                  + workdays(toMove)
                  + " from the announcement at "
                  + timeline.announce()
                  + " to the effective date at "
                  + timeline.effective()
                  + "; leave at least "
                  + WORKDAYS_TO_MOVE));
    }
    rings(draft, calendar, findings);
  }

  /// Unwritten, devices remind as is usual; and on the last day they tell twice of themselves.
  private static void reminders(Draft draft, Timeline timeline, List<Finding> findings) {
    var written = timeline.reminders();
    if (!written.isEmpty() && written.getFirst().compareTo(LAST_DAY) <= 0) {
      findings.add(
          draft.finding(
              LintCode.R028,
              "/timeline/reminders",
              "timeline.reminders: "
                  + written.getFirst()
                  + " before the date, the earliest, is on the last day, on which people are told"
                  + " anyway; add such as P3D, or leave reminders out"));
    }
  }

  /// Who first hears of it after the date has the minimum notice and no more.
  private static void notice(Draft draft, Timeline timeline, List<Finding> findings) {
    var least = timeline.minimumNotice();
    if (least.isZero()) {
      return; // R025 says so
    }
    if (least.compareTo(WORKING_DAY) < 0) {
      findings.add(
          draft.finding(
              LintCode.R027,
              "/timeline/minimum-notice",
              "timeline.minimum-notice: "
                  + least
                  + " is less than a working day; write at least "
                  + WORKING_DAY));
    } else if (least.compareTo(TO_DECIDE) < 0) {
      findings.add(
          draft.finding(
              LintCode.R029,
              "/timeline/minimum-notice",
              "timeline.minimum-notice: "
                  + least
                  + " after the first notice nobody can have decided on a request for an"
                  + " exemption, which takes a workday; write at least PT24H"));
    }
  }

  private static void rings(Draft draft, WorkCalendar calendar, List<Finding> findings) {
    var rings = draft.rule().scope().rings();
    var everyone = draft.rule().timeline().effective();
    if (rings.isEmpty() || !rings.getFirst().at().isBefore(everyone)) {
      return;
    }
    var pilot = rings.getFirst();
    var toLearn = workdays(calendar, pilot.at(), everyone, WORKDAYS_TO_LEARN);
    if (toLearn < WORKDAYS_TO_LEARN) {
      findings.add(
          draft.finding(
              LintCode.R038,
              "/scope/rings/0/at",
              "scope.rings.0.at: "
                  + workdays(toLearn)
                  + " from ring \""
                  + pilot.name()
                  + "\" to everybody at "
                  + everyone
                  + "; leave at least "
                  + WORKDAYS_TO_LEARN));
    }
  }

  /// Whole workdays, and the first day too where its morning is left.
  private static int workdays(
      WorkCalendar calendar, LocalDateTime from, LocalDateTime to, int enough) {
    LocalDate first =
        from.toLocalTime().isBefore(LocalTime.NOON)
            ? from.toLocalDate()
            : from.toLocalDate().plusDays(1);
    return calendar.workdays(first, to.toLocalDate(), enough);
  }

  private static String workdays(int count) {
    return count == 0 ? "no workday" : count == 1 ? "1 workday" : count + " workdays";
  }
}
