package dev.interdict.decide.story;

import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Recollection;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.Refusal;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.policy.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What comes of what persons and admins do, by the rules by which a device takes answers.
final class Turns {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Standing standing;

  Turns(Standing standing) {
    this.standing = standing;
  }

  /// Takes `turn`.
  ///
  /// @param open the date while the rule waits for it, or null
  /// @return what is to be told of it at once; of an exemption and of a stop the device tells
  ///   itself
  @Nullable Happening take(Turn turn, @Nullable DeviceDate open, Instant now) {
    if (turn instanceof Turn.Answer answer
        && !standing.presence.present(now).contains(answer.person())) {
      return new Happening.NotAtIt(now, answer.person());
    }
    return switch (turn) {
      case Turn.Remind(var _, var person, var until) -> remind(person, until, open, now);
      case Turn.PutOff(var _, var person) -> putOff(person, open, now);
      case Turn.Request(var _, var person) -> request(person, now);
      case Turn.Refuse(var _, var reason) -> refuse(reason, now);
      case Turn.Exempt(var _, var until) -> exempt(until);
      case Turn.Stop(var _, var reason) -> stop(new Stop(false, Set.of(id()), reason));
      case Turn.Resume _ -> stop(Stop.NONE);
      case Turn.Travel(var _, var zone) -> new Happening.Travelled(now, zone);
      case Turn.NewDates dates -> renew(dates, now);
    };
  }

  private RuleId id() {
    return standing.rule.id();
  }

  private Happening remind(String person, Instant until, @Nullable DeviceDate open, Instant now) {
    var last = open == null || open.at() == null ? null : open.at().minus(HOUR);
    if (open == null || !mayAnswer(person) || last != null && !now.isBefore(last)) {
      return new Happening.Reminding(now, person, null);
    }
    var promised = last != null && until.isAfter(last) ? last : until;
    standing.memory.snoozed(person, promised);
    return new Happening.Reminding(now, person, promised);
  }

  private Happening putOff(String person, @Nullable DeviceDate open, Instant now) {
    if (open == null || open.at() == null || !mayAnswer(person) || standing.putOffLeft() == 0) {
      return new Happening.PutOff(now, person, null, standing.putOffLeft());
    }
    var base = now.isAfter(open.at()) ? now : open.at();
    var until = base.plus(standing.rule.timeline().deferral().by());
    standing.memory.putOff(Duration.between(open.at(), until));
    return new Happening.PutOff(now, person, until, standing.putOffLeft());
  }

  private boolean mayAnswer(String person) {
    return standing.people.contains(person);
  }

  private Happening request(String person, Instant now) {
    standing.memory.requested(now);
    var waits =
        standing.judge(now) instanceof Verdict.Waiting(var date)
                && date.setBy() == DeviceDate.SetBy.REQUEST
            ? date.at()
            : null;
    return new Happening.Requested(now, person, waits);
  }

  private Happening refuse(String reason, Instant now) {
    standing.refused.add(
        new Refusal("story", id(), standing.life.device().id(), "IT", reason, "IT", now));
    return new Happening.Refused(now, reason);
  }

  private @Nullable Happening exempt(Instant until) {
    var device = standing.life.device().id();
    standing.granted.add(new Exemption("story", id(), device, until, "IT", "granted"));
    return null;
  }

  private @Nullable Happening stop(Stop stop) {
    standing.stop = stop;
    return null;
  }

  /// What was told of another date does not count for this one.
  private Happening renew(Turn.NewDates dates, Instant now) {
    var rule = standing.rule;
    var old = rule.timeline();
    var timeline =
        new Timeline(
            dates.announce(),
            dates.effective(),
            old.zone(),
            old.clock(),
            old.minimumNotice(),
            old.reminders(),
            old.deferral(),
            old.outOfContact(),
            old.requestFreezes());
    standing.rule =
        new Rule(
            rule.id(),
            rule.tool(),
            rule.match(),
            rule.enforcement(),
            timeline,
            rule.scope(),
            rule.maxItemsPerDevice(),
            rule.keep());
    var anew = !timeline.term().equals(old.term());
    if (anew) {
      standing.memory = new Recollection();
    }
    return new Happening.NewVersion(now, timeline.effectiveAt(standing.presence.zone(now)), anew);
  }
}
