package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Backoff;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One cycle: what is here is held against what is banned, people are told, what is due is done and
/// verified by a second look, and the outcome is reported.
final class Cycle {
  private static final Inventory NOTHING_SEEN =
      new Inventory(List.of(), List.of(), List.of(), List.of());

  private static final Duration FORGOTTEN_ONCE = Duration.ofDays(1);

  private final PolicyKeeper policies;
  private final TrustedClock clock;
  private final Scanner scanner;
  private final Judge judge;
  private final Codes codes;
  private final Teller teller;
  private final Occasions occasions;
  private final Enforcer enforcer;
  private final Prevention prevention;
  private final Reporter reporter;
  private final Ledger ledger;
  private final Events events;
  private final int keptDays;

  /// What was there when it was last acted upon: whom to tell once it is gone.
  private final Map<RuleId, List<Finding>> acted = new HashMap<>();

  Cycle(
      PolicyKeeper policies,
      TrustedClock clock,
      Scanner scanner,
      Judge judge,
      Codes codes,
      Teller teller,
      Occasions occasions,
      Enforcer enforcer,
      Prevention prevention,
      Reporter reporter,
      Ledger ledger,
      Events events,
      int keptDays) {
    this.policies = policies;
    this.clock = clock;
    this.scanner = scanner;
    this.judge = judge;
    this.codes = codes;
    this.teller = teller;
    this.occasions = occasions;
    this.enforcer = enforcer;
    this.prevention = prevention;
    this.reporter = reporter;
    this.ledger = ledger;
    this.events = events;
    this.keptDays = keptDays;
  }

  /// Where a cycle leaves the device.
  ///
  /// @param inventory null if the last scan failed
  record Standing(TrustedPolicy policy, @Nullable Inventory inventory, List<Judged> judged) {}

  /// What a look at the machine saw.
  ///
  /// @param inventory null if the scan failed
  record Look(TrustedPolicy policy, @Nullable Inventory inventory) {}

  /// Looks at the machine. Nothing is changed by it, and it may take long.
  Look look() {
    var policy = policies.current(clock.now());
    return new Look(policy, scan(policy));
  }

  /// This device's memory is of an earlier time. What people were told and answered since is not
  /// known, so they are told anew, and no date comes before one that they could have been promised.
  ///
  /// Once a day is enough, since it is no more than the server's word: one that says so again and
  /// again would have people told without end, and no date ever come.
  void forget() throws IOException {
    var now = clock.now();
    for (var rule : policies.current(now).blocklist().rules()) {
      if (!ledger.of(rule.id()).forgotWithin(now.minus(FORGOTTEN_ONCE), now)) {
        var deferral = rule.timeline().deferral();
        var by = deferral.by().multipliedBy(deferral.times());
        ledger.append(new Entry.Forgot(rule.id(), now, by));
      }
    }
  }

  /// The same standing as it is judged now, after somebody has answered or time has gone by.
  Standing again(Standing standing) {
    var inventory = standing.inventory();
    if (inventory == null) {
      return standing;
    }
    var policy = codes.with(standing.policy());
    return new Standing(policy, inventory, judge.judge(policy, inventory, clock.view()));
  }

  /// When the next notice may be due, or null.
  @Nullable Instant nextNotice(Standing standing) {
    return teller.next(standing.judged(), clock.view());
  }

  /// Does what follows from a look.
  Standing act(Look look) throws IOException {
    // A code may have been typed while this look went on.
    var policy = codes.with(look.policy());
    var inventory = look.inventory();
    if (inventory == null) {
      return unseen(policy);
    }
    var judged = judge.judge(policy, inventory, clock.view());
    remember(judged);
    prevention.hear(judged, inventory, clock.now());
    if (occasions.note(policy, judged, inventory, clock.now())) {
      judged = judge.judge(policy, inventory, clock.view());
    }
    teller.tell(judged, inventory, clock.view());
    // A first notice sets the date, so what follows from it is judged anew.
    judged = judge.judge(policy, inventory, clock.view());
    prevention.follow(judged, clock.now());
    if (enforce(judged, inventory)) {
      inventory = scan(policy);
      if (inventory == null) {
        return unseen(policy);
      }
      judged = judge.judge(policy, inventory, clock.view());
    }
    verify(judged, inventory);
    prevention.follow(judged, clock.now());
    return report(policy, inventory, judged);
  }

  /// Nothing is known of any rule then; what was done before is told all the same.
  private Standing unseen(TrustedPolicy policy) throws IOException {
    return report(policy, null, judge.judge(policy, NOTHING_SEEN, clock.view()));
  }

  private @Nullable Inventory scan(TrustedPolicy policy) {
    try {
      var blocklist = policy.blocklist();
      var concerned = Findings.concerned(blocklist);
      var seen = new AtomicInteger();
      var inventory =
          scanner.scan(
              blocklist.asksForDigests(),
              item -> {
                seen.incrementAndGet();
                return concerned.test(item);
              });
      events.on(
          new Event.Scanned(seen.get(), inventory.processes().size(), inventory.gaps().size()));
      return prevention.withoutStubs(inventory);
    } catch (WorkerException e) {
      events.on(new Event.ScanFailed(String.valueOf(e.getMessage())));
      reporter.problem(Problem.SCAN_FAILED, null);
      return null;
    }
  }

  private void remember(List<Judged> judged) throws IOException {
    for (var one : judged) {
      var id = one.rule().id();
      if (!one.findings().isEmpty() && !ledger.of(id).known()) {
        ledger.append(new Entry.Seen(id, clock.now()));
      }
      for (var finding : one.findings()) {
        var item = finding.item();
        events.on(
            new Event.Found(
                id,
                item.source(),
                Reporting.identity(item.identity()),
                item.version(),
                Reporting.place(item)));
      }
      if (!one.findings().isEmpty() && one.verdict() instanceof Verdict.Held(var _, var why)) {
        events.on(new Event.Held(id, why));
      }
    }
  }

  /// Does what is due; whether anything was tried.
  private boolean enforce(List<Judged> judged, Inventory inventory) throws IOException {
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
        var acts = ledger.of(one.rule().id()).actsAfter(at.minusNanos(1));
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
    var last = memory.lastAct();
    if (last == null || !memory.unverified() || !(one.verdict() instanceof Verdict.Due)) {
      return false;
    }
    // Where nothing is found any more the verdict says no more than to tell people.
    var enforcement = one.rule().enforcement();
    var acts = memory.actsAfter(last.at().minusNanos(1));
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
    var acts = ledger.of(one.rule().id()).actsAfter(at.minusNanos(1));
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
          "enforced " + ledger.of(id).verifications(),
          people);
      teller.tellOwed(clock.view());
    }
    acted.put(id, one.due());
  }

  private boolean permitted(Judged one) {
    var memory = ledger.of(one.rule().id());
    var last = memory.lastAct();
    return Backoff.permits(memory.failures(), last == null ? null : last.at(), clock.now())
        && Backoff.permitsAgain(removals(one), clock.now());
  }

  private Set<Instant> removals(Judged one) {
    return ledger.of(one.rule().id()).removals(clock.now().minus(Backoff.WINDOW));
  }

  /// Says, once, that it came back too often to be removed again for now.
  private void rest(Judged one, Inventory inventory) throws IOException {
    var id = one.rule().id();
    var last = ledger.of(id).lastAct();
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
  private void verify(List<Judged> judged, Inventory inventory) throws IOException {
    for (var one : judged) {
      var id = one.rule().id();
      if (!one.findings().stream().allMatch(Finding::onlyRunning) || !inventory.complete()) {
        continue;
      }
      if (ledger.of(id).unverified() && ended(one) && one.findings().isEmpty()) {
        verified(one, inventory);
      }
      if (!ledger.of(id).unverified()) {
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
    var taken = ledger.of(rule.id()).taken();
    ledger.append(new Entry.Verified(rule.id(), clock.now()));
    events.on(new Event.Verified(rule.id()));
    if (taken) {
      var removed = new Phase.Removed(clock.now().atZone(teller.zone(rule)), keptDays);
      var people = Recipients.of(acted.getOrDefault(rule.id(), List.of()), inventory.homes());
      var matter = Matter.of(rule, removed);
      teller.owe(matter, "removed " + ledger.of(rule.id()).verifications(), people);
      teller.tellOwed(clock.view());
    }
  }

  private Standing report(TrustedPolicy policy, @Nullable Inventory inventory, List<Judged> judged)
      throws IOException {
    var sequence = reporter.report(policy, inventory, judged, clock.now());
    events.on(reporter.quiet() ? new Event.Unchanged(sequence) : new Event.Reported(sequence));
    return new Standing(policy, inventory, judged);
  }
}
