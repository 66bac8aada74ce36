package dev.interdict.server.draft;

import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.story.Happening;
import dev.interdict.decide.story.Life;
import dev.interdict.decide.story.Span;
import dev.interdict.decide.story.Story;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the rule would do to an ordinary person, told as a story and looked at: to one who is at
/// work all the time, and to one who comes back from leave after the date.
final class StoryLint {
  private static final Duration TO_SAVE = Duration.ofMinutes(30);
  private static final Duration BURST = Duration.ofMinutes(30);

  /// Longest time from announcement to date that is told; beyond, nothing new comes to light.
  private static final Duration LONGEST = Duration.ofDays(200);

  private static final int DAYS_AFTER = 21;
  private static final int DAYS_OF_LEAVE_AFTER = 5;

  private StoryLint() {}

  static void check(Draft draft, WorkCalendar calendar, List<Finding> findings) {
    var rule = everywhere(draft.rule());
    var timeline = rule.timeline();
    var from = timeline.announceAt();
    var effective = timeline.effectiveAt(timeline.zone());
    if (rule.enforcement().compareTo(Enforcement.BLOCK) < 0
        || Duration.between(from, effective).compareTo(LONGEST) > 0) {
      return;
    }
    var zone = timeline.zone();
    var to = effective.plus(Duration.ofDays(DAYS_AFTER));
    var back = back(calendar, effective.atZone(zone).toLocalDate(), zone);
    var leave = List.of(new Span(from.minusSeconds(1), back));
    var atWork = story(rule, zone, from, to, List.of());
    tell(draft, "somebody at work", wrong(atWork).or(() -> late(atWork)), findings);
    var onLeave = story(rule, zone, from, to, leave);
    tell(draft, "who comes back from leave", wrong(onLeave), findings);
  }

  private static Story story(Rule rule, ZoneId zone, Instant from, Instant to, List<Span> leave) {
    return Story.of(rule, Life.ofOneWorker(zone, from, leave), from, to);
  }

  /// The morning of a workday soon after the date.
  private static Instant back(WorkCalendar calendar, LocalDate effective, ZoneId zone) {
    return calendar
        .workdayFrom(effective.plusDays(DAYS_OF_LEAVE_AFTER))
        .atTime(9, 0)
        .atZone(zone)
        .toInstant();
  }

  /// For every device, by the date for everybody.
  private static Rule everywhere(Rule rule) {
    return new Rule(
        rule.id(),
        rule.tool(),
        rule.match(),
        rule.enforcement(),
        rule.timeline(),
        Scope.ALL,
        rule.maxItemsPerDevice(),
        rule.keep());
  }

  private static void tell(
      Draft draft, String who, Optional<String> wrong, List<Finding> findings) {
    wrong.ifPresent(what ->
        findings.add(
            draft.finding(
                LintCode.R050,
                "/timeline",
                "timeline: " + who + " " + what + "; see: interdict simulate")));
  }

  private static Optional<String> wrong(Story story) {
    var zone = story.rule().timeline().zone();
    var told = new ArrayList<Happening.Told>();
    for (var happening : story.happenings()) {
      switch (happening) {
        case Happening.Told notice -> told.add(notice);
        case Happening.Enforced end -> {
          return unwarned(end, told, zone).or(() -> burst(told, zone));
        }
        default -> {}
      }
    }
    return burst(told, zone);
  }

  /// Taken from under their hands.
  private static Optional<String> unwarned(
      Happening.Enforced end, List<Happening.Told> told, ZoneId zone) {
    var at = end.at().atZone(zone);
    var today = at.toLocalDate();
    var warned =
        told.stream()
            .map(notice -> notice.at().atZone(zone))
            .filter(notice -> notice.toLocalDate().equals(today))
            .anyMatch(notice -> Duration.between(notice, at).compareTo(TO_SAVE) >= 0);
    return end.present().isEmpty() || warned
        ? Optional.empty()
        : Optional.of(
            "loses it "
                + moment(at)
                + " in the middle of work, not told "
                + TO_SAVE.toMinutes()
                + " minutes before on that day");
  }

  /// With no word before the day itself. Who comes back from leave has the minimum notice, of which
  /// [PaceLint] speaks.
  private static Optional<String> late(Story story) {
    var zone = story.rule().timeline().zone();
    LocalDate first = null;
    for (var happening : story.happenings()) {
      var day = happening.at().atZone(zone).toLocalDate();
      switch (happening) {
        case Happening.Told _ -> first = first == null ? day : first;
        case Happening.Enforced end -> {
          return day.equals(first)
              ? Optional.of(
                  "loses it " + moment(end.at().atZone(zone)) + ", first told on that very day")
              : Optional.empty();
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /// Two notices close to each other, the last calls excepted.
  private static Optional<String> burst(List<Happening.Told> told, ZoneId zone) {
    for (var i = 1; i < told.size(); i++) {
      var one = told.get(i - 1);
      var next = told.get(i);
      if (next.phase() != NoticePhase.LAST_HOUR
          && Duration.between(one.at(), next.at()).compareTo(BURST) < 0) {
        return Optional.of(
            "gets two notices within "
                + BURST.toMinutes()
                + " minutes, the second "
                + moment(next.at().atZone(zone)));
      }
    }
    return Optional.empty();
  }

  private static String moment(ZonedDateTime at) {
    return "on " + at.toLocalDate() + " at " + at.toLocalTime();
  }
}
