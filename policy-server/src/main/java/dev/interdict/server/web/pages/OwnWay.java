package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.MeView.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What happens when on the computer of somebody who has what a rule bans: the announcement, the
/// reminders to come, their own date, and until when it can be given back. Pure functions.
final class OwnWay {
  private static final Duration DAY = Duration.ofDays(1);

  private record Event(String label, Instant at, boolean day) {}

  private OwnWay() {}

  /// @param due the computer's own date
  /// @return none for a rule by which nothing happens
  static List<Step> of(Rule rule, Instant due, Instant now, Words words) {
    if (rule.enforcement() == Enforcement.OBSERVE) {
      return List.of();
    }
    var announced = rule.timeline().announceAt();
    var events = new ArrayList<Event>();
    events.add(new Event(words.text("me.way.announced"), announced, true));
    for (var before : rule.timeline().reminders()) {
      var at = due.minus(before);
      if (at.isAfter(announced) && at.isAfter(now)) {
        // Agents wait for working hours, so that the hour of an early one would be a false promise.
        events.add(
            new Event(
                words.text("me.way.reminder", words.rough(before)),
                at,
                before.compareTo(DAY) >= 0));
      }
    }
    events.add(new Event(words.of("me.way", rule.enforcement()), due, false));
    if (rule.enforcement() == Enforcement.REMOVE) {
      events.add(new Event(words.text("me.way.kept"), due.plus(DevicePage.KEPT), true));
    }
    events.sort(Comparator.comparing(Event::at));
    var steps = new ArrayList<Step>();
    var found = false;
    for (var event : events) {
      var done = !event.at().isAfter(now);
      steps.add(new Step(event.label(), event.at(), event.day(), done, !done && !found));
      found |= !done;
    }
    return List.copyOf(steps);
  }
}
