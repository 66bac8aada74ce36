package dev.interdict.decide;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The device's own date of one rule: never before the rule's effective date here, never before the
/// last of its people was told and had the minimum notice, later while a request waits for its
/// answer and by what was put off.
public final class DateSetting {
  /// How long a request holds the date at most.
  public static final Duration REQUEST_HOLDS = Duration.ofDays(3);

  private DateSetting() {}

  /// The date as it stands.
  public static DeviceDate date(
      Rule rule, Sighting sighting, History history, Situation situation) {
    var ring = Rings.of(rule, situation.device().id());
    var ringName = ring.map(Scope.Ring::name).orElse(null);
    var effective = effective(rule, situation.device());
    if (rule.enforcement() == Enforcement.OBSERVE) {
      // Nobody is told of it, and nothing is taken.
      return new DeviceDate(
          effective, effective, ringName, effective, DeviceDate.SetBy.EFFECTIVE_DATE, effective);
    }
    var told = told(sighting, history);
    if (told == null) {
      return new DeviceDate(
          null, effective, ringName, null, DeviceDate.SetBy.FIRST_NOTICE_OUTSTANDING, null);
    }
    var noticeEnds = told.plus(rule.timeline().minimumNotice());
    var setBy = DeviceDate.SetBy.EFFECTIVE_DATE;
    var date = effective;
    if (noticeEnds.isAfter(date)) {
      date = noticeEnds;
      setBy = DeviceDate.SetBy.MINIMUM_NOTICE;
    }
    var held = heldByRequest(rule, date, history, situation);
    if (held != null && held.isAfter(date)) {
      date = held;
      setBy = DeviceDate.SetBy.REQUEST;
    }
    if (!history.putOffBy().isZero()) {
      date = date.plus(history.putOffBy());
      setBy = DeviceDate.SetBy.DEFERRAL;
    }
    return new DeviceDate(
        date, effective, ringName, noticeEnds, setBy, calledOut(rule, sighting, history, date));
  }

  /// The rule's own date on this device, with its ring.
  static Instant effective(Rule rule, DeviceFacts device) {
    var timeline = rule.timeline();
    return Rings.of(rule, device.id())
        .map(Scope.Ring::at)
        .map(at -> at.atZone(timeline.zone()).toInstant())
        .orElseGet(() -> timeline.effectiveAt(device.zone()));
  }

  private static @Nullable Instant told(Sighting sighting, History history) {
    Instant last = null;
    for (var person : sighting.people()) {
      var told = history.of(person).told();
      if (told == null) {
        return null;
      }
      last = last == null || told.isAfter(last) ? told : last;
    }
    return last;
  }

  private static @Nullable Instant calledOut(
      Rule rule, Sighting sighting, History history, Instant date) {
    Instant last = null;
    for (var person : sighting.people()) {
      var out = history.of(person).calledOut(date, rule.timeline().minimumNotice());
      if (out == null) {
        return null;
      }
      last = last == null || out.isAfter(last) ? out : last;
    }
    return last;
  }

  /// Until when a request that came at least one workday before `date` holds it, or null.
  private static @Nullable Instant heldByRequest(
      Rule rule, Instant date, History history, Situation situation) {
    var requested = history.requested();
    if (requested == null || !rule.timeline().requestFreezes()) {
      return null;
    }
    var refused =
        situation.exemptions().refused().stream()
            .anyMatch(no -> no.rule().equals(rule.id()) && !no.at().isBefore(requested));
    var inTime =
        !WorkingHours.workdayAfter(requested.atZone(situation.device().zone()))
            .toInstant()
            .isAfter(date);
    return refused || !inTime ? null : requested.plus(REQUEST_HOLDS);
  }
}
