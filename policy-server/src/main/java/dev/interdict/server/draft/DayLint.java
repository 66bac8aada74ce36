package dev.interdict.server.draft;

import dev.interdict.policy.Enforcement;
import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The days and hours on which a rule does something: whether people are at work, and somebody is
/// there to help. Each is judged in the rule's own zone.
final class DayLint {
  private static final LocalTime WORK_BEGINS = LocalTime.of(9, 0);
  private static final LocalTime WORK_ENDS = LocalTime.of(18, 0);
  private static final LocalTime LATE_IN_THE_WEEK = LocalTime.of(16, 0);

  private final Draft draft;
  private final WorkCalendar calendar;
  private final List<Finding> findings;

  private DayLint(Draft draft, WorkCalendar calendar, List<Finding> findings) {
    this.draft = draft;
    this.calendar = calendar;
    this.findings = findings;
  }

  /// Why a moment is a bad one, and the code for it.
  private record Objection(LintCode code, String why) {}

  static void check(Draft draft, WorkCalendar calendar, List<Finding> findings) {
    new DayLint(draft, calendar, findings).check();
  }

  private void check() {
    var rule = draft.rule();
    var timeline = rule.timeline();
    midnight("/timeline/effective", timeline.effective());
    if (rule.enforcement() != Enforcement.OBSERVE) {
      announcement();
    }
    if (rule.enforcement().compareTo(Enforcement.BLOCK) < 0) {
      return;
    }
    moment("/timeline/effective", timeline.effective());
    var rings = rule.scope().rings();
    for (var i = 0; i < rings.size(); i++) {
      if (!rings.get(i).at().equals(timeline.effective())) {
        midnight("/scope/rings/" + i + "/at", rings.get(i).at());
        moment("/scope/rings/" + i + "/at", rings.get(i).at());
      }
    }
    putOff();
  }

  private void midnight(String pointer, LocalDateTime at) {
    if (at.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      var day = at.toLocalDate();
      warn(
          LintCode.R031,
          pointer,
          at
              + " is midnight, "
              + weekday(at.minusDays(1))
              + " to "
              + weekday(at)
              + " ("
              + day.minusDays(1)
              + " to "
              + day
              + "); write a time in working hours");
    }
  }

  private void announcement() {
    var at = draft.rule().timeline().announce();
    var time = at.toLocalTime();
    var off = dayOff(at);
    if (off.isPresent()) {
      warn(
          LintCode.R037,
          "/timeline/announce",
          at + " is " + off.get().why() + ", when nobody is at work; write a time on a workday");
    } else if (time.isBefore(WORK_BEGINS) || !time.isBefore(WORK_ENDS)) {
      warn(
          LintCode.R037,
          "/timeline/announce",
          at
              + " is outside working hours, "
              + WORK_BEGINS
              + " to "
              + WORK_ENDS
              + "; write a time within them");
    }
  }

  private void moment(String pointer, LocalDateTime at) {
    objection(at)
        .ifPresent(
            bad -> warn(bad.code(), pointer, at + " is " + bad.why() + "; write another workday"));
  }

  /// Only the first date that is a bad one is told; the author has to count anew anyway.
  private void putOff() {
    var timeline = draft.rule().timeline();
    var deferral = timeline.deferral();
    try {
      for (var i = 1; i <= deferral.times(); i++) {
        var at = timeline.effective().plus(deferral.by().multipliedBy(i));
        var bad = objection(at);
        if (bad.isPresent()) {
          warn(
              LintCode.R040,
              "/timeline/defer",
              "put off "
                  + (i == 1 ? "once" : i + " times")
                  + ", the date is "
                  + at
                  + ", "
                  + bad.get().why()
                  + "; write another duration in defer.by");
          return;
        }
      }
    } catch (DateTimeException | ArithmeticException e) {
      // So far ahead that no calendar reaches it.
      return;
    }
  }

  private Optional<Objection> objection(LocalDateTime at) {
    var off = dayOff(at);
    if (off.isPresent()) {
      return off;
    }
    var day = at.toLocalDate();
    var before = calendar.holidayAfter(day);
    if (before.isPresent()) {
      return Optional.of(
          new Objection(
              LintCode.R034,
              "the last workday before " + before.get() + " in " + calendar.place()));
    }
    return calendar.endsWeek(day) && !at.toLocalTime().isBefore(LATE_IN_THE_WEEK)
        ? Optional.of(
            new Objection(
                LintCode.R036, weekday(at) + " after " + LATE_IN_THE_WEEK + ", before a weekend"))
        : Optional.empty();
  }

  private Optional<Objection> dayOff(LocalDateTime at) {
    var day = at.toLocalDate();
    var holiday = calendar.holiday(day);
    if (holiday.isPresent()) {
      return Optional.of(new Objection(LintCode.R034, holiday.get() + " in " + calendar.place()));
    }
    return calendar.isWeekend(day)
        ? Optional.of(new Objection(LintCode.R035, "a " + weekday(at) + ", at the weekend"))
        : Optional.empty();
  }

  private void warn(LintCode code, String pointer, String message) {
    findings.add(
        draft.finding(
            code,
            pointer,
            pointer.substring(1).replace('/', '.')
                + ": "
                + message
                + ", or \"# allow "
                + code
                + ": why\" in this line"));
  }

  private static String weekday(LocalDateTime at) {
    return at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
