package dev.interdict.decide.story;

import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The device thinking about one rule: judges, tells, judges anew, and does what is due, in the
/// order in which a device does it.
final class Mind {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Standing standing;
  private final Notices notices;
  private final Turns turns;
  private final List<Happening> happenings;
  private final Set<String> said = new HashSet<>();
  private @Nullable Verdict verdict;
  private @Nullable Instant date;
  private boolean seen;
  private boolean gone;

  /// @param from before which nothing is told
  Mind(Standing standing, Instant from, List<Happening> happenings) {
    this.standing = standing;
    this.notices = new Notices(standing, happenings);
    this.turns = new Turns(standing);
    this.happenings = happenings;
    if (announcement().isBefore(from)) {
      said.add("announced " + announcement());
    }
  }

  private Instant announcement() {
    return standing.rule.timeline().announceAt();
  }

  /// How the rule stands; null before the tool was seen and after it is gone.
  @Nullable Verdict verdict() {
    return gone ? null : verdict;
  }

  /// Whether the tool is gone.
  boolean done() {
    return gone;
  }

  void awake(Duration more) {
    standing.awake = standing.awake.plus(more);
  }

  /// Somebody does something.
  void take(Turn turn, Instant now) {
    var open = verdict instanceof Verdict.Waiting(var waiting) ? waiting : null;
    var happening = turns.take(turn, open, now);
    if (happening != null) {
      happenings.add(happening);
    }
    if (happening instanceof Happening.NewVersion(var _, var _, var anew) && anew) {
      date = null;
    }
  }

  /// The device runs and looks.
  void think(Instant now) {
    announced(now, true);
    if (now.isBefore(standing.life.foundSince())) {
      return;
    }
    if (!seen) {
      seen = true;
      happenings.add(new Happening.Found(now));
    }
    standing.memory.seen(now);
    judge(now);
    if (verdict instanceof Verdict.Waiting(var open)) {
      notices.tell(open, now);
      judge(now);
    }
    dated(now);
    if (verdict instanceof Verdict.Due(var _, var enforcement)
        && once("enforced " + enforcement + standing.rule.timeline().term())) {
      var present = standing.presence.present(now);
      happenings.add(new Happening.Enforced(now, enforcement, present));
      gone = enforcement == Enforcement.REMOVE;
    }
  }

  /// The device does not run.
  void sleep(Instant now) {
    announced(now, false);
    if (date != null && verdict instanceof Verdict.Waiting && !now.isBefore(date)) {
      comes(date, false);
    }
  }

  /// When it has to look again if nobody comes, goes or does anything.
  @Nullable Instant wakes(Instant now, boolean on) {
    var next = ahead(now, null, announcement());
    next = ahead(now, next, standing.life.foundSince());
    next = ahead(now, next, date);
    if (!on) {
      return next;
    }
    next = ahead(now, next, date == null ? null : date.minus(HOUR));
    for (var exemption : standing.granted) {
      next = ahead(now, next, exemption.until());
    }
    if (verdict instanceof Verdict.Waiting(var open)) {
      next = ahead(now, next, open.lastCall());
      next = ahead(now, next, open.effective().minus(HOUR));
      for (var person : standing.people) {
        next = ahead(now, next, notices.next(open, person, now));
      }
    }
    return next;
  }

  private static @Nullable Instant ahead(
      Instant now, @Nullable Instant next, @Nullable Instant candidate) {
    return candidate == null || !candidate.isAfter(now) ? next : earlier(next, candidate);
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private void judge(Instant now) {
    var before = verdict;
    var next = standing.judge(now);
    if (before instanceof Verdict.Exempt && !(next instanceof Verdict.Exempt)) {
      standing.memory.unspared();
      date = null;
      happenings.add(new Happening.ExemptionEnded(now));
      next = standing.judge(now);
    }
    verdict = next;
    if (!Objects.equals(before, next)) {
      changed(before, next, now);
    }
  }

  private void changed(@Nullable Verdict before, Verdict next, Instant now) {
    if (before instanceof Verdict.Held && !(next instanceof Verdict.Held)) {
      happenings.add(new Happening.Released(now));
    }
    switch (next) {
      case Verdict.OutOfScope(var why) -> happenings.add(new Happening.OutOfScope(now, why));
      case Verdict.Exempt(var exemption) ->
          happenings.add(new Happening.Exempted(now, exemption.until()));
      case Verdict.Held(var hold, var why) -> happenings.add(new Happening.Held(now, hold, why));
      case Verdict.Waiting _, Verdict.Due _, Verdict.Unannounced _ -> {}
    }
  }

  private void dated(Instant now) {
    if (!(verdict instanceof Verdict.Waiting(var open)) || open.at() == null) {
      return;
    }
    if (!open.at().equals(date)) {
      happenings.add(new Happening.DateSet(now, open, date));
      date = open.at();
    }
    if (!now.isBefore(open.at())) {
      comes(now, true);
    }
  }

  private void announced(Instant now, boolean on) {
    if (!now.isBefore(announcement()) && once("announced " + announcement())) {
      happenings.add(new Happening.Announced(now, on));
    }
  }

  private void comes(Instant at, boolean on) {
    if (once("comes " + date)) {
      happenings.add(new Happening.DateComes(at, on));
    }
  }

  private boolean once(String what) {
    return said.add(what);
  }
}
