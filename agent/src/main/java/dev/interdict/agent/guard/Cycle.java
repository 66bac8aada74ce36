package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Findings;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Verdict;
import dev.interdict.report.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private final Attempts attempts;
  private final Prevention prevention;
  private final Reporter reporter;
  private final Ledger ledger;
  private final Events events;

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
    this.prevention = prevention;
    this.reporter = reporter;
    this.ledger = ledger;
    this.events = events;
    this.attempts =
        new Attempts(clock, teller, occasions, enforcer, prevention, ledger, events, keptDays);
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
    prevention.hear(judge.judge(policy, inventory, clock.view()), inventory, clock.now());
    var judged = told(policy, inventory);
    prevention.follow(judged, clock.now());
    if (attempts.make(judged, inventory)) {
      inventory = scan(policy);
      if (inventory == null) {
        return unseen(policy);
      }
      judged = judge.judge(policy, inventory, clock.view());
    }
    attempts.verify(judged, inventory);
    prevention.follow(judged, clock.now());
    return report(policy, inventory, judged);
  }

  /// Tells people what is due to them, and does nothing else that follows from a look: what is due
  /// beyond that may have been stopped or exempted since the server was asked. The next cycle
  /// reports it.
  Standing tell(Look look) throws IOException {
    var policy = codes.with(look.policy());
    var inventory = look.inventory();
    return inventory == null
        ? new Standing(policy, null, judge.judge(policy, NOTHING_SEEN, clock.view()))
        : new Standing(policy, inventory, told(policy, inventory));
  }

  private List<Judged> told(TrustedPolicy policy, Inventory inventory) throws IOException {
    var judged = judge.judge(policy, inventory, clock.view());
    remember(judged);
    if (occasions.note(policy, judged, inventory, clock.now())) {
      judged = judge.judge(policy, inventory, clock.view());
    }
    teller.tell(judged, inventory, clock.view());
    // A first notice sets the date, so what follows from it is judged anew.
    return judge.judge(policy, inventory, clock.view());
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

  private Standing report(TrustedPolicy policy, @Nullable Inventory inventory, List<Judged> judged)
      throws IOException {
    var sequence = reporter.report(policy, inventory, judged, clock.now());
    events.on(reporter.quiet() ? new Event.Unchanged(sequence) : new Event.Reported(sequence));
    return new Standing(policy, inventory, judged);
  }
}
