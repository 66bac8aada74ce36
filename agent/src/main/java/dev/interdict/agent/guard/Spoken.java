package dev.interdict.agent.guard;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Telling;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// What is due to be told to one person of one rule.
///
/// @param term the rule's effective date
/// @param date the device's date that is spoken of
/// @param known whether that date stands already, or would only come about by this very notice
record Spoken(
    RuleId rule, Instant term, NoticePhase phase, Instant date, boolean known, Matter matter) {

  static Spoken of(Judged judged, DeviceDate date, NoticePhase due, Instant now, ZoneId zone) {
    var rule = judged.rule();
    var fair = date.spoken(rule, now);
    // A call that comes late moves the end, and says so.
    var end = date.end(rule, now);
    var left = rule.timeline().deferral().times() - judged.history().putOff();
    var at = end.atZone(written(rule, zone));
    var again = Telling.promise(due, fair, now, zone);
    var next = again == null ? null : again.atZone(zone);
    return new Spoken(
        rule.id(),
        rule.timeline().term(),
        due,
        fair,
        date.at() != null,
        matter(judged, phase(due, at, Duration.between(now, end), next, rule, Math.max(0, left))));
  }

  /// What is said of a rule: never more than what can follow from what was found.
  static Matter matter(Judged judged, Phase phase) {
    var whole = Matter.of(judged.rule(), phase);
    return judged.sighting().strong() || whole.enforcement() == Enforcement.NOTIFY
        ? whole
        : new Matter(
            whole.rule(),
            whole.tool(),
            whole.replacement(),
            whole.replacementUrl(),
            Enforcement.NOTIFY,
            phase);
  }

  private static Phase phase(
      NoticePhase due,
      ZonedDateTime at,
      Duration left,
      @Nullable ZonedDateTime next,
      Rule rule,
      int deferrals) {
    return switch (due) {
      case ANNOUNCED -> new Phase.Announced(at);
      case REMINDER -> new Phase.Reminder(at, days(left), next);
      case DAY_BEFORE -> new Phase.DayBefore(at, next);
      case LAST_HOUR ->
          new Phase.LastHour(
              at,
              (int) Math.max(1, Math.ceilDiv(left.toSeconds(), 60)),
              deferrals,
              rule.timeline().deferral().by());
    };
  }

  private static int days(Duration left) {
    return (int) Math.max(1, Math.ceilDiv(left.toHours(), 24));
  }

  /// The zone in which the rule's dates are written.
  static ZoneId written(Rule rule, ZoneId zone) {
    return rule.timeline().clock() == Timeline.Clock.LOCAL ? zone : rule.timeline().zone();
  }

  Entry.Told entry(
      String person, Instant at, ToldOutcome outcome, @Nullable String channel, Duration awake) {
    var spoken = known || outcome == ToldOutcome.SHOWN ? date : null;
    return new Entry.Told(rule, at, term, person, phase, spoken, outcome, channel, awake);
  }
}
