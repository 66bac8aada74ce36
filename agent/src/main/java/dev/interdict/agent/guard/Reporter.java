package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Backoff;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.report.RuleStanding;
import dev.interdict.agent.report.Telltale;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.Device;
import dev.interdict.report.Footing;
import dev.interdict.report.Problem;
import dev.interdict.report.Report;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedProblem;
import dev.interdict.report.ReportedRule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Composes one report a cycle and puts it into the outbox, unless it would tell nothing that the
/// last one does not, which the server has or which waits to get there.
///
/// What is compared is all that a report tells but its own number, names and times, and the
/// versions of the metadata that a server signs anew all the time: a server that was set back has
/// an earlier report than the device names, or offers metadata that the device reports as rolled
/// back.
final class Reporter {
  /// However little changes, the whole is told once in this time.
  static final Duration WHOLE = Duration.ofHours(24);

  private static final Set<String> SIGNED_ALL_THE_TIME = Set.of("timestamp", "snapshot");

  private final Device device;
  private final String agentVersion;
  private final Pseudonyms names;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Set<ReportedProblem> pending = new LinkedHashSet<>();
  private final Map<RuleId, Integer> told = new HashMap<>();
  private final NavigableMap<Long, Instant> begins = new TreeMap<>();
  private Instant since;
  private @Nullable Said last;
  private @Nullable Draft unsent;

  /// What the last report in the outbox told.
  private record Said(long sequence, Instant at, Report told) {}

  /// A report that was not sent because it tells nothing new.
  private record Draft(
      TrustedPolicy policy,
      Coverage coverage,
      List<ReportedRule> rules,
      List<ReportedProblem> problems,
      Map<RuleId, Integer> sizes,
      Instant at) {}

  /// @param since what was done until then has been reported
  Reporter(
      Device device,
      String agentVersion,
      Pseudonyms names,
      Ledger ledger,
      Outbox outbox,
      Instant since) {
    this.device = device;
    this.agentVersion = agentVersion;
    this.names = names;
    this.ledger = ledger;
    this.outbox = outbox;
    this.since = since;
  }

  /// Something to say in the next report besides what the cycle itself knows.
  void problem(Problem problem, @Nullable String subject) {
    pending.add(new ReportedProblem(problem, subject));
  }

  /// Puts the cycle's report into the outbox, if it tells anything new.
  ///
  /// @param inventory null if the scan failed
  /// @return its sequence number, or that of the last one, which still holds
  long report(TrustedPolicy policy, @Nullable Inventory inventory, List<Judged> judged, Instant now)
      throws IOException {
    // What is remembered while the report is composed belongs to the next one.
    var sizes = new HashMap<RuleId, Integer>();
    judged.forEach(one -> sizes.put(one.rule().id(), ledger.of(one.rule().id()).all().size()));
    var ceiling = policy.blocklist().collection();
    var coverage = Reporting.coverage(inventory, now);
    var rules =
        judged.stream()
            .map(one -> Reporting.rule(standing(one, now), coverage, names, ceiling))
            .toList();
    var problems = new LinkedHashSet<>(policy.problems());
    problems.addAll(pending);
    problems.addAll(problems(judged, now));
    var draft = new Draft(policy, coverage, rules, List.copyOf(problems), sizes, now);
    pending.clear();
    if (isNothingNew(draft)) {
      unsent = draft;
    } else {
      put(draft);
    }
    return outbox.sequence();
  }

  /// Whether the last cycle had nothing new to tell.
  boolean quiet() {
    return unsent != null;
  }

  /// Tells it all the same, since the server asked.
  ///
  /// @return its sequence number; null if there was nothing left to tell
  @Nullable Long tellWhole() throws IOException {
    if (unsent == null) {
      return null;
    }
    put(unsent);
    return outbox.sequence();
  }

  private boolean isNothingNew(Draft draft) {
    return last != null
        && last.sequence() == outbox.sequence()
        && outbox.lastHolds()
        && draft.at().isBefore(last.at().plus(WHOLE))
        && last.told().equals(comparable(draft));
  }

  /// The draft without what differs in any two reports.
  private Report comparable(Draft draft) {
    var versions = new TreeMap<>(draft.policy().versions());
    versions.keySet().removeAll(SIGNED_ALL_THE_TIME);
    var coverage = draft.coverage();
    return new Report(
        new ReportId("nothing-new"),
        Reporting.device(device, draft.policy().blocklist().collection()),
        1,
        null,
        Instant.EPOCH,
        agentVersion,
        draft.policy().version(),
        new Footing(Footing.Taken.NONE, versions),
        new Coverage(
            coverage.scannedAt() == null ? null : Instant.EPOCH,
            coverage.supported(),
            coverage.gaps()),
        draft.rules(),
        draft.problems());
  }

  private void put(Draft draft) throws IOException {
    unsent = null;
    outbox.add((sequence, previous) ->
        ReportJson.write(
            new Report(
                new ReportId(UUID.randomUUID().toString()),
                Reporting.device(device, draft.policy().blocklist().collection()),
                sequence,
                previous,
                draft.at(),
                agentVersion,
                draft.policy().version(),
                new Footing(outbox.taken(), draft.policy().versions()),
                draft.coverage(),
                draft.rules(),
                draft.problems())));
    told.putAll(draft.sizes());
    begins.put(outbox.sequence(), since);
    begins.headMap(outbox.sequence() - Outbox.MOST, true).clear();
    since = draft.at();
    last = new Said(outbox.sequence(), draft.at(), comparable(draft));
  }

  /// What the report `sequence` told is told again: the server does not have it.
  void refused(long sequence) {
    var from = begins.get(sequence);
    if (from != null && from.isBefore(since)) {
      since = from;
      told.clear();
    }
  }

  private RuleStanding standing(Judged judged, Instant now) {
    var memory = ledger.of(judged.rule().id());
    var history = memory.history(judged.rule().timeline().term(), now);
    return new RuleStanding(
        judged.rule(),
        judged.findings(),
        judged.residue(),
        judged.verdict(),
        history.people().values().stream().anyMatch(person -> person.firstShown() != null),
        history.putOff() > 0,
        memory.acts().failures() > 0,
        memory.acts().unverified(),
        memory.acts().removed(),
        memory.acts().actsAndPreventedAfter(since),
        judged.due().isEmpty(),
        snoozed(judged, now),
        Telltale.notices(untold(judged.rule().id()), names),
        Telltale.answers(untold(judged.rule().id()), names));
  }

  /// What is remembered since the report before. Counted, since one instant can hold a report and
  /// what comes after it; by time after a start.
  private List<Entry> untold(RuleId rule) {
    var all = ledger.of(rule).all();
    var told = this.told.get(rule);
    return told == null
        ? all.stream().filter(entry -> entry.at().isAfter(since)).toList()
        : all.subList(Math.min(told, all.size()), all.size());
  }

  /// Whether everybody whom it concerns wants to be reminded later.
  private static boolean snoozed(Judged one, Instant now) {
    return one.sighting().people().stream()
        .map(one.history()::of)
        .allMatch(person -> person.snoozedUntil() != null && now.isBefore(person.snoozedUntil()));
  }

  private boolean untold(Judged one, Instant now) {
    var history = ledger.of(one.rule().id()).history(one.rule().timeline().term(), now);
    return !one.findings().isEmpty()
        && one.sighting().people().stream()
            .map(history::of)
            .anyMatch(person -> person.tried() != null && person.firstShown() == null);
  }

  private List<ReportedProblem> problems(List<Judged> judged, Instant now) {
    var problems = new ArrayList<ReportedProblem>();
    if (ledger.damaged() > 0) {
      problems.add(new ReportedProblem(Problem.LEDGER_REBUILT, null));
    }
    for (var one : judged) {
      var rule = one.rule().id().value();
      if (one.findings().size() > Reporting.MOST_FINDINGS) {
        problems.add(new ReportedProblem(Problem.LIMIT_EXCEEDED, rule));
      }
      if (untold(one, now)) {
        problems.add(new ReportedProblem(Problem.NOTICE_NOT_SHOWN, rule));
      }
      if (one.verdict() instanceof Verdict.Held(var hold, var _)
          && hold == Verdict.Hold.TOO_MANY_MATCHES) {
        problems.add(new ReportedProblem(Problem.ENFORCEMENT_REFUSED, rule));
      }
      if (ledger.of(one.rule().id()).acts().failures() >= Backoff.MOST) {
        problems.add(new ReportedProblem(Problem.ENFORCEMENT_PAUSED, rule));
      }
    }
    return problems;
  }
}
