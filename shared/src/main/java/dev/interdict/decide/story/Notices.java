package dev.interdict.decide.story;

import dev.interdict.decide.Deciding;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Telling;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.decide.story.Happening.Choice;
import dev.interdict.policy.Enforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells each person what is due to them, and remembers who was there.
final class Notices {
  private static final Duration HOUR = Duration.ofHours(1);

  /// Longer than a notice is ever held back, of awake time.
  private static final Duration HELD_BACK = Duration.ofHours(72);

  private final Standing standing;
  private final List<Happening> happenings;
  private final Set<String> said = new HashSet<>();

  Notices(Standing standing, List<Happening> happenings) {
    this.standing = standing;
    this.happenings = happenings;
  }

  /// When something may be due to `person` if nobody comes or goes, or null.
  @Nullable Instant next(DeviceDate open, String person, Instant now) {
    var known = standing.history().of(person);
    var step = step(open, person, now);
    var next = step.at();
    if (known.told() == null && known.tried() != null) {
      next = Mind.earlier(next, in(Deciding.UNSHOWN_GRACE, known.tried(), now));
    }
    if (step.heldBack() && known.wanted() != null) {
      next = Mind.earlier(next, in(HELD_BACK, known.wanted(), now));
    }
    return next;
  }

  /// When so much time has been spent awake since then.
  private Instant in(Duration awakeFor, Duration since, Instant now) {
    return now.plus(awakeFor).minus(standing.awake.minus(since));
  }

  private Telling.Next step(DeviceDate open, String person, Instant now) {
    return Telling.next(
        standing.rule,
        open,
        standing.history().of(person),
        standing.presence.zone(now),
        TimeView.certain(now),
        standing.awake);
  }

  void tell(DeviceDate open, Instant now) {
    var present = standing.presence.present(now);
    for (var person : standing.people) {
      var step = step(open, person, now);
      if (step.phase() != null) {
        tell(open, person, step.phase(), present.contains(person), now);
      } else if (step.heldBack() && standing.history().of(person).wanted() == null) {
        remember(open, person, NoticePhase.ANNOUNCED, ToldOutcome.HELD_BACK, now);
        happenings.add(new Happening.HeldBack(now, person, step.at()));
      }
    }
    standing.people.forEach(person -> giveUp(person, now));
  }

  private void tell(DeviceDate open, String person, NoticePhase phase, boolean there, Instant now) {
    var date = open.end(standing.rule, now);
    var outcome = there ? ToldOutcome.SHOWN : ToldOutcome.NO_SESSION;
    remember(open, person, phase, outcome, now);
    if (there) {
      var may = choices(open, now);
      happenings.add(new Happening.Told(now, person, phase, date, may, standing.putOffLeft()));
    } else if (said.add(person + phase + standing.rule.timeline().term() + open.at())) {
      happenings.add(new Happening.NobodyThere(now, person, phase));
    }
  }

  private void remember(
      DeviceDate open, String person, NoticePhase phase, ToldOutcome outcome, Instant now) {
    standing.memory.told(
        person, now, phase, open.spoken(standing.rule, now), outcome, standing.awake);
  }

  private void giveUp(String person, Instant now) {
    var known = standing.history().of(person);
    if (known.told() == null
        && known.tried() != null
        && standing.awake.minus(known.tried()).compareTo(Deciding.UNSHOWN_GRACE) >= 0) {
      standing.memory.gaveUp(person, now);
      happenings.add(new Happening.GaveUp(now, person));
    }
  }

  private List<Choice> choices(DeviceDate open, Instant now) {
    var choices = new ArrayList<Choice>();
    if (open.at() == null || now.isBefore(open.at().minus(HOUR))) {
      choices.add(Choice.REMIND);
    }
    if (standing.putOffLeft() > 0) {
      choices.add(Choice.PUT_OFF);
    }
    if (standing.rule.enforcement() == Enforcement.REMOVE) {
      choices.add(Choice.REMOVE);
    }
    choices.add(Choice.REQUEST);
    choices.add(Choice.DISPUTE);
    return choices;
  }
}
