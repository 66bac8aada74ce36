package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Backoff;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is due, tried: people are told, it is done, a failure is said and tried again after a
/// pause, what comes back too often rests, and a second look verifies that it is gone. Not
/// thread-safe.
final class Attempts {
  private final TrustedClock clock;
  private final Teller teller;
  private final Occasions occasions;
  private final Enforcer enforcer;
  private final Prevention prevention;
  private final Ledger ledger;
  private final Events events;
  private final int keptDays;

  /// What was there when it was last acted upon: whom to tell once it is gone.
  private final Map<RuleId, List<Finding>> acted = new HashMap<>();

  /// @param keptDays how long what was taken can be given back
  Attempts(
      TrustedClock clock,
      Teller teller,
      Occasions occasions,
      Enforcer enforcer,
      Prevention prevention,
      Ledger ledger,
      Events events,
      int keptDays) {
    this.clock = clock;
    this.teller = teller;
    this.occasions = occasions;
    this.enforcer = enforcer;
    this.prevention = prevention;
    this.ledger = ledger;
    this.events = events;
    this.keptDays = keptDays;
  }

  /// Does what is due; whether anything was tried.
  boolean make(List<Judged> judged, Inventory inventory) throws IOException {
    var tried = false;
    for (var one : judged) {
      rest(one, inventory);
      if (!one.due().isEmpty() && permitted(one)) {
        var at = clock.now();
        announce(one, inventory);
        ledger.append(new Entry.Intended(one.rule().id(), at));
        for (var finding : one.due()) {
          tried |= enforce(finding, enforcement(one), at);
        }
        var acts = ledger.of(one.rule().id()).acts().actsAfter(at.minusNanos(1));
        for (var source : Leftovers.of(one, enforcement(one), acts)) {
          enforce(source, enforcement(one), at);
        }
        lament(one, inventory, at);
      } else if (one.due().isEmpty()) {
        tried |= finish(one);
      }
    }
    return tried;
  }

  /// Takes what was left to do when the guard ended after a package had gone: its source. Nothing
  /// is due of the rule any more then, and nothing else would.
  private boolean finish(Judged one) throws IOException {
    var memory = ledger.of(one.rule().id());
    var last = memory.acts().lastAct();
    if (last == null || !memory.acts().unverified() || !(one.verdict() instanceof Verdict.Due)) {
      return false;
    }
    // Where nothing is found any more the verdict says no more than to tell people.
    var enforcement = one.rule().enforcement();
    var acts = memory.acts().actsAfter(last.at().minusNanos(1));
    var tried = false;
    var at = clock.now();
    for (var source : Leftovers.of(one, enforcement, acts)) {
      tried |= enforce(source, enforcement, at);
    }
    return tried;
  }

  /// What is done at most: what is due by its date, or what its owner asked for.
  private static Enforcement enforcement(Judged one) {
    return one.verdict() instanceof Verdict.Due(var _, var enforcement)
        ? enforcement
        : one.rule().enforcement();
  }

  /// Says that it did not go well.
  private void lament(Judged one, Inventory inventory, Instant at) {
    var acts = ledger.of(one.rule().id()).acts().actsAfter(at.minusNanos(1));
    for (var act : acts) {
      if (act.error() != null) {
        var people = Recipients.of(one.due(), inventory.homes());
        occasions.failed(one, act.error(), people, prevention.holds(one));
        return;
      }
    }
  }

  /// Once, and not again at each new try or after a restart in between.
  private void announce(Judged one, Inventory inventory) throws IOException {
    var id = one.rule().id();
    if (one.verdict() instanceof Verdict.Due(var date, var _) && date.at() != null) {
      var at = date.at().atZone(teller.zone(one.rule()));
      var people = Recipients.of(one.due(), inventory.homes());
      teller.owe(
          Spoken.matter(one, new Phase.Enforced(at)),
          "enforced " + ledger.of(id).acts().verifications(),
          people);
      teller.tellOwed(clock.view());
    }
    acted.put(id, one.due());
  }

  private boolean permitted(Judged one) {
    var memory = ledger.of(one.rule().id());
    var last = memory.acts().lastAct();
    return Backoff.permits(memory.acts().failures(), last == null ? null : last.at(), clock.now())
        && Backoff.permitsAgain(removals(one), clock.now());
  }

  private Set<Instant> removals(Judged one) {
    return ledger.of(one.rule().id()).acts().removals(clock.now().minus(Backoff.WINDOW));
  }

  /// Says, once, that it came back too often to be removed again for now.
  private void rest(Judged one, Inventory inventory) throws IOException {
    var id = one.rule().id();
    var last = ledger.of(id).acts().lastAct();
    if (one.due().isEmpty()
        || !Backoff.rests(removals(one))
        || last == null
        || last.error() == ErrorClass.REAPPEARED) {
      return;
    }
    var at = clock.now();
    var identity = Reporting.identity(one.due().getFirst().item().identity());
    var act = new Enforcer.Act(ActionKind.FAILED, ErrorClass.REAPPEARED);
    note(id, at, identity, List.of(act));
    lament(one, inventory, at);
  }

  private boolean enforce(Finding finding, Enforcement enforcement, Instant at) throws IOException {
    if (finding.strength() == Matcher.Strength.WEAK) {
      return false;
    }
    var identity = Reporting.identity(finding.item().identity());
    note(finding.rule().id(), at, identity, enforcer.enforce(finding, enforcement));
    return true;
  }

  /// @param at one instant for all that belongs to one try
  private void note(RuleId rule, Instant at, String identity, List<Enforcer.Act> acts)
      throws IOException {
    for (var act : acts) {
      ledger.append(new Entry.Acted(rule, at, act.kind(), identity, act.error()));
      events.on(new Event.Acted(rule, act.kind(), identity, act.error(), act.detail()));
    }
  }

  /// Says of a rule that was acted upon that it is gone, if this scan saw everything and nothing of
  /// it, and nothing of it runs any more.
  void verify(List<Judged> judged, Inventory inventory) throws IOException {
    for (var one : judged) {
      var id = one.rule().id();
      if (!one.findings().stream().allMatch(Finding::onlyRunning) || !inventory.complete()) {
        continue;
      }
      if (ledger.of(id).acts().unverified() && ended(one) && one.findings().isEmpty()) {
        verified(one, inventory);
      }
      if (!ledger.of(id).acts().unverified()) {
        acted.remove(id);
      }
    }
  }

  /// Whether nothing of it runs any more, once what still does was stopped. What is held or exempt
  /// by now is left running, and is not called gone.
  private boolean ended(Judged one) throws IOException {
    var id = one.rule().id();
    var lingering = enforcer.lingering(id);
    if (lingering.isEmpty() || !(one.verdict() instanceof Verdict.Due)) {
      return lingering.isEmpty();
    }
    var acts = new ArrayList<>(enforcer.stop(lingering));
    var ended = enforcer.lingering(id).isEmpty();
    if (!ended && acts.stream().allMatch(act -> act.error() == null)) {
      acts.add(new Enforcer.Act(ActionKind.FAILED, ErrorClass.TIMEOUT));
    }
    note(id, clock.now(), "lingering", acts);
    return ended;
  }

  private void verified(Judged one, Inventory inventory) throws IOException {
    var rule = one.rule();
    var taken = ledger.of(rule.id()).acts().taken();
    ledger.append(new Entry.Verified(rule.id(), clock.now()));
    events.on(new Event.Verified(rule.id()));
    if (taken) {
      var removed = new Phase.Removed(clock.now().atZone(teller.zone(rule)), keptDays);
      var people = Recipients.of(acted.getOrDefault(rule.id(), List.of()), inventory.homes());
      var matter = Matter.of(rule, removed);
      teller.owe(matter, "removed " + ledger.of(rule.id()).acts().verifications(), people);
      teller.tellOwed(clock.view());
    }
  }
}
