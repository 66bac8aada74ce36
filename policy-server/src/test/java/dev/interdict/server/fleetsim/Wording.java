package dev.interdict.server.fleetsim;

import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Footing;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.Report;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts a machine's life into the words of a report, as its agent would. Pure: the same arguments
/// give the same bytes, so that a report which was not answered need not be kept to be sent again.
record Wording(Company company, Hours hours) {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> UNIX = List.of("npm", "program", "vscode", "homebrew");
  private static final List<String> WINDOWS = List.of("npm", "vscode", "windows-apps");

  /// Where a report stands in its machine's chain.
  ///
  /// @param since what was told by then
  record Link(
      DeviceId id,
      long sequence,
      @Nullable String previous,
      Footing.Taken taken,
      Instant since,
      Instant at) {}

  Report report(int machine, Link link) {
    var life = Life.of(company, hours, machine);
    var coverage = coverage(life, link.at());
    var rules = new ArrayList<ReportedRule>();
    rules.add(ban(machine, life, link));
    for (var i = 0; i < company.rules().size(); i++) {
      rules.add(observed(machine, i, coverage));
    }
    var draw = company.draw();
    var id = new UUID(draw.bits(machine, 70), draw.bits(link.sequence(), 71));
    var versions = new TreeMap<String, Long>();
    versions.put("timestamp", 1L);
    return new Report(
        new ReportId(id.toString()),
        company.facts(machine, link.id()),
        link.sequence(),
        link.previous(),
        link.at(),
        company.agent(machine),
        company.ban().policy(),
        new Footing(link.taken(), versions),
        coverage,
        rules,
        List.of());
  }

  /// Whether the report tells anything that the one before did not.
  boolean changed(int machine, Instant since, Instant at) {
    return company.restless() || !Life.of(company, hours, machine).begun(since, at).isEmpty();
  }

  private static Coverage coverage(Life life, Instant at) {
    if (!life.supported()) {
      return new Coverage(null, false, List.of());
    }
    return new Coverage(
        at,
        true,
        life.partlySeen() ? List.of(new ReportedGap("npm", Problem.PARTLY_INSPECTED)) : List.of());
  }

  private ReportedRule ban(int machine, Life life, Link link) {
    var phase = life.at(link.at());
    var actions = new ArrayList<ReportedAction>();
    var notices = new ArrayList<ReportedNotice>();
    var answers = new ArrayList<ReportedAnswer>();
    var person = HEX.toHexDigits(company.draw().bits(machine, 72));
    var identity = identity(source(machine, 0), company.ban().rule());
    for (var begun : life.begun(link.since(), link.at())) {
      var did = begun.did();
      if (did != null) {
        actions.add(new ReportedAction(did, identity, begun.error(), begun.from()));
      }
      if (did == ActionKind.NOTIFIED) {
        notices.add(new ReportedNotice(begun.from(), "announced", "desktop", "shown", person));
      }
      if (begun.answer() != null) {
        answers.add(answer(begun, person));
      }
    }
    return new ReportedRule(
            company.ban().rule(),
            phase.state(),
            phase.presence(),
            phase.date(),
            phase.exemptUntil(),
            phase.state().hasIt()
                ? List.of(finding(machine, 0, company.ban().rule(), link.sequence()))
                : List.of(),
            actions)
        .with(notices, answers);
  }

  private static ReportedAnswer answer(Phase phase, String person) {
    var kind = Objects.requireNonNull(phase.answer());
    var id = kind + "-" + phase.from().getEpochSecond();
    var asks = kind.equals("exemption-request");
    return new ReportedAnswer(
        id,
        kind,
        phase.from(),
        asks ? phase.from().plusSeconds(30 * 86_400L) : phase.date(),
        null,
        asks ? "A migration is not finished" : null,
        person);
  }

  /// A rule that is only observed: there or not, for ever.
  private ReportedRule observed(int machine, int rule, Coverage coverage) {
    var name = company.rules().get(rule);
    if (coverage.supported() && company.draw().below(100, machine, 80 + rule) < 22) {
      var finding = finding(machine, rule + 1, name, 0);
      return new ReportedRule(
          name, RuleState.PRESENT, Presence.NOTIFIED, null, null, List.of(finding), List.of());
    }
    var state = coverage.whole() ? RuleState.CLEAR : RuleState.UNKNOWN;
    return new ReportedRule(name, state, null, null, null, List.of(), List.of());
  }

  private ReportedFinding finding(int machine, int rule, String name, long sequence) {
    var draw = company.draw();
    var source = source(machine, rule);
    var version = company.restless() ? sequence % 10_000 : draw.below(90, machine, 100 + rule);
    return new ReportedFinding(
        source,
        identity(source, name),
        "2.1." + version,
        "~/.local/share/" + source + "/" + name,
        HEX.toHexDigits(draw.bits(machine, 72)),
        EvidenceStrength.STRONG,
        draw.below(4, machine, 110 + rule) == 0,
        null,
        HEX.toHexDigits(draw.bits(machine, 120 + rule)));
  }

  private String source(int machine, int rule) {
    var sources = company.os(machine) == OsFamily.WINDOWS ? WINDOWS : UNIX;
    return sources.get(company.draw().below(sources.size(), machine, 130 + rule));
  }

  private static String identity(String source, String rule) {
    return source.equals("npm") ? "pkg:npm/" + rule : source + ":" + rule;
  }
}
