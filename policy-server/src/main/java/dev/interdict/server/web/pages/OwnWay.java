package dev.interdict.server.web.pages;

import dev.interdict.decide.Schedule;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.MeView.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What happens when on the computer of somebody who has what a rule bans: the announcement, the
/// days of reminders to come, and their own date. Pure functions.
final class OwnWay {
  private OwnWay() {}

  /// @param due the computer's own date
  /// @param enforcement what happens then, at most
  /// @return none where nothing happens
  static List<Step> of(Rule rule, Enforcement enforcement, Instant due, Instant now, Words words) {
    if (enforcement == Enforcement.OBSERVE) {
      return List.of();
    }
    var announced = rule.timeline().announceAt();
    var steps = new ArrayList<Step>();
    steps.add(step(words.text("me.way.announced"), announced, true, now, steps));
    for (var day : reminders(rule, due, now)) {
      var at = day.atStartOfDay(rule.timeline().zone()).toInstant();
      steps.add(step(words.text("me.way.reminder"), at.isBefore(now) ? now : at, true, now, steps));
    }
    // It is there still: whatever the date, this is to come.
    var next = steps.stream().noneMatch(Step::next);
    steps.add(new Step(words.of("me.way", enforcement), due, false, false, next));
    return List.copyOf(steps);
  }

  private static Step step(String label, Instant at, boolean day, Instant now, List<Step> before) {
    var done = at.isBefore(now);
    return new Step(label, at, day, done, !done && before.stream().noneMatch(Step::next));
  }

  /// As the agent plans them; it knows better which zone the computer is in.
  private static Iterable<LocalDate> reminders(Rule rule, Instant due, Instant now) {
    var days = new LinkedHashSet<LocalDate>();
    var zone = rule.timeline().zone();
    var since = rule.timeline().announceAt();
    Schedule.of(rule, since.isAfter(now) ? since : now, due, zone)
        .forEach(moment -> days.add(moment.from().toLocalDate()));
    return days;
  }
}
