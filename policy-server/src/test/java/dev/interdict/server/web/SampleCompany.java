package dev.interdict.server.web;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.compliance.History;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.publish.SignedList;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A company three weeks into a ban: real devices enrolled and reporting to a real database, always
/// the same ones.
final class SampleCompany implements AutoCloseable {
  static final Instant ANNOUNCED = Instant.parse("2026-06-12T02:00:00Z");
  static final Instant NOW = Instant.parse("2026-07-03T02:00:00Z");
  static final String RULE = "claude-code";
  private static final String KEY = "00112233aabbccdd";

  private static final String[] DEPARTMENTS = {
    "R&D platform", "Data and AI", "Mobile apps", "Cloud operations", "Quality", "Finance systems"
  };
  private static final String[] SITES = {"SH", "BJ", "SZ", "HZ"};
  private static final Source[] SOURCES = {
    new Source("npm", "pkg:npm/%40anthropic-ai/claude-code", "~/.npm-global/lib/node_modules"),
    new Source("native", "program:claude", "~/.local/share/claude/versions/2.1.197"),
    new Source("homebrew", "pkg:brew/claude-code", "/opt/homebrew/Caskroom/claude-code"),
    new Source("vscode", "vscode:anthropic.claude-code", "~/.vscode/extensions"),
    new Source("jetbrains", "jetbrains:com.anthropic.code.plugin", "~/.local/share/JetBrains")
  };

  /// Where one of so many workstations was filled.
  private static final Map<Integer, Path> FILLED = new ConcurrentHashMap<>();

  final SimulatedFleet fleet;
  private final SplittableRandom random = new SplittableRandom(20260710);
  private final List<Member> members = new ArrayList<>();
  private List<String> others = List.of();
  private double askingFrom;

  private record Source(String name, String identity, String place) {}

  /// A device, what it had and how long it keeps it.
  private record Member(SimulatedDevice device, @Nullable Source source, double keepsUntil) {}

  SampleCompany(Path folder) {
    fleet = new SimulatedFleet(folder);
  }

  /// Enrols and reports until [#NOW].
  SampleCompany filled(int devices) {
    fleet.clock.move(Duration.between(fleet.clock.instant(), ANNOUNCED));
    return enrolled(devices).gone();
  }

  /// As it is [#filled], in a copy of a database that was filled once, which takes longer than most
  /// of what is tested on it. Its workstations report nothing more.
  static SampleCompany copied(Path folder, int devices) {
    TestingDatabase.copy(FILLED.computeIfAbsent(devices, SampleCompany::template), folder);
    var company = new SampleCompany(folder);
    company.fleet.clock.move(Duration.between(company.fleet.clock.instant(), NOW));
    return company;
  }

  private static Path template(int devices) {
    try {
      var folder = Files.createTempDirectory("company");
      new SampleCompany(folder).filled(devices).close();
      folder.toFile().deleteOnExit();
      folder.resolve("interdict.db").toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whoever asks for something does so in the last days alone.
  SampleCompany patient() {
    askingFrom = 0.97;
    return this;
  }

  /// Enrols, and reports once.
  SampleCompany enrolled(int devices) {
    for (var i = 0; i < devices; i++) {
      members.add(member(i));
    }
    members.forEach(member -> report(member, 0));
    return this;
  }

  /// Reports from the announcement until [#NOW].
  SampleCompany gone() {
    var history = new History(fleet.database, fleet.compliance);
    history.sample();
    var daily =
        new DailyRun(
            fleet.database,
            fleet.compliance,
            fleet.clock,
            Compliance.SILENT_AFTER,
            ZoneId.of("Asia/Shanghai"));
    var steps = 42;
    for (var step = 1; step <= steps; step++) {
      var before = (step - 1.0) / steps;
      var share = step / (double) steps;
      fleet.clock.move(
          Duration.between(
              fleet.clock.instant(),
              ANNOUNCED.plus(
                  Duration.between(ANNOUNCED, NOW).multipliedBy(step).dividedBy(steps))));
      for (var i = 0; i < members.size(); i++) {
        var member = members.get(i);
        var goes = member.keepsUntil > before && member.keepsUntil <= share;
        // Every sixth day at the latest, but for those that fell silent at the start.
        var regular = i % 47 != 0 && (i % 12 == step % 12 || step == steps);
        if (goes && i % 47 != 0 || regular) {
          report(member, share);
        }
      }
      history.sample();
      daily.runOnceFor(daily.today());
    }
    return this;
  }

  private Member member(int i) {
    var department = DEPARTMENTS[(int) (Math.pow(random.nextDouble(), 1.6) * DEPARTMENTS.length)];
    var os = OsFamily.values()[(int) (Math.pow(random.nextDouble(), 0.8) * 3)];
    var kind = os == OsFamily.MACOS ? "MBP" : os == OsFamily.WINDOWS ? "WIN" : "LNX";
    var host = SITES[i % SITES.length] + "-" + kind + "-" + String.format("%04d", i * 7 % 10_000);
    var has = random.nextDouble() < 0.36;
    var source = SOURCES[(int) (Math.pow(random.nextDouble(), 1.9) * SOURCES.length)];
    var keeps = Math.pow(random.nextDouble(), 0.62) * 1.16;
    return new Member(fleet.enrolled(host, os, department), has ? source : null, has ? keeps : 0);
  }

  private void report(Member member, double share) {
    var at = fleet.clock.instant();
    var n = members.indexOf(member);
    if (n % 61 == 5) {
      fleet.send(member.device, new Coverage(at, false, List.of()));
      return;
    }
    if (n % 83 == 7) {
      var gaps = List.of(new ReportedGap("homebrew", Problem.PARTLY_INSPECTED));
      fleet.send(member.device, new Coverage(at, true, gaps), rule(RuleState.UNKNOWN, null));
      return;
    }
    var told = new ArrayList<>(List.of(state(member, share, n)));
    for (var other : others) {
      told.add(other(other, share, n));
    }
    fleet.send(member.device, new Coverage(at, true, List.of()), told.toArray(ReportedRule[]::new));
  }

  /// From here on devices have read the list of that serial, with these rules beside [#RULE] in it;
  /// those that are not silent say so at once.
  SampleCompany heard(long serial, String... rules) {
    others = List.of(rules);
    var share = fleet.clock.instant().isBefore(NOW) ? 0 : 1;
    for (var i = 0; i < members.size(); i++) {
      if (share == 0 || i % 47 != 0) {
        report(members.get(i), share);
      }
    }
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "update device set policy_serial = ? where last_contact > ?",
            serial,
            fleet.clock.instant().minusSeconds(60).toEpochMilli()));
    return this;
  }

  /// Every ninth has the first of them, every twelfth the second, for a while.
  private ReportedRule other(String rule, double share, int n) {
    var kind = 9 + 3 * others.indexOf(rule);
    var keeps = n % kind == 4 && share < 0.4 + n % 100 / 100.0;
    var finding =
        new ReportedFinding(
            "application",
            "macos:com.vendor." + rule,
            "1." + n % 4 + ".0",
            "/Applications/" + rule + ".app",
            null,
            EvidenceStrength.STRONG,
            n % 2 == 0);
    return keeps
        ? new ReportedRule(
            rule, RuleState.PRESENT, Presence.NEW, null, null, List.of(finding), List.of())
        : new ReportedRule(rule, RuleState.CLEAR, null, null, null, List.of(), List.of());
  }

  private ReportedRule state(Member member, double share, int n) {
    var source = member.source;
    if (source == null) {
      return rule(RuleState.CLEAR, null);
    }
    if (member.keepsUntil <= share) {
      return rule(RuleState.REMOVED, null);
    }
    if (share > 0.8 && n % 13 == 3) {
      return failed(source, ErrorClass.values()[n % 6]);
    }
    var presence = share == 0 ? Presence.NEW : n % 5 == 0 ? Presence.PUT_OFF : Presence.NOTIFIED;
    var exempt = n % 19 == 2 ? NOW.plus(Duration.ofDays(30)) : null;
    return new ReportedRule(
            RULE,
            RuleState.PRESENT,
            presence,
            Instant.parse("2026-07-09T16:00:00Z"),
            exempt,
            List.of(finding(source)),
            List.of(
                new ReportedAction(
                    ActionKind.NOTIFIED, source.identity, null, fleet.clock.instant())))
        .with(notices(n), n % 5 == 0 && share >= askingFrom ? answers() : List.of());
  }

  private List<ReportedNotice> notices(int n) {
    var at = fleet.clock.instant();
    return n % 3 == 0
        ? List.of(
            new ReportedNotice(at.minusSeconds(7200), "reminder", null, "no-session", null),
            new ReportedNotice(at.minusSeconds(3600), "reminder", null, "do-not-disturb", "a1"),
            new ReportedNotice(at.minusSeconds(60), "reminder", "desktop", "shown", "a1"),
            new ReportedNotice(at, "reminder", "desktop", "clicked", "a1"))
        : List.of(new ReportedNotice(at, "reminder", "terminal", "shown", "a1"));
  }

  private List<ReportedAnswer> answers() {
    var at = NOW.minus(Duration.ofHours(20));
    return List.of(
        new ReportedAnswer("r-1", "remind", at, at.plusSeconds(3600), null, null, "a1"),
        new ReportedAnswer(
            "x-1",
            "exemption-request",
            at.plusSeconds(60),
            Instant.parse("2026-07-31T00:00:00Z"),
            null,
            "Migration of plugin X is not finished",
            "a1"),
        new ReportedAnswer(
            "d-1", "not-that-tool", at.plusSeconds(120), null, KEY, "This is our own fork", "b2"));
  }

  private ReportedRule failed(Source source, ErrorClass error) {
    var action =
        new ReportedAction(ActionKind.FAILED, source.identity, error, fleet.clock.instant());
    return new ReportedRule(
        RULE, RuleState.FAILED, null, null, null, List.of(finding(source)), List.of(action));
  }

  private static ReportedRule rule(RuleState state, @Nullable Presence presence) {
    return new ReportedRule(RULE, state, presence, null, null, List.of(), List.of());
  }

  private static ReportedFinding finding(Source source) {
    return new ReportedFinding(
        source.name,
        source.identity,
        "2.1.197",
        source.place,
        null,
        EvidenceStrength.STRONG,
        source.name.equals("native"),
        null,
        KEY);
  }

  /// Writes down that its blocklist was published, so that operations know the rules too.
  SampleCompany published() {
    SignedList.publish(fleet, SampleCompany.class.getResourceAsStream("blocklist.json"), 3);
    return this;
  }

  /// The blocklist it has published.
  static Blocklist blocklist() {
    return blocklist(UnaryOperator.identity());
  }

  /// The same with its text changed.
  static Blocklist blocklist(UnaryOperator<String> change) {
    try (var in = SampleCompany.class.getResourceAsStream("blocklist.json")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var blocklist = Blocklist.read(change.apply(text).getBytes(StandardCharsets.UTF_8));
      if (!blocklist.unreadable().isEmpty()) {
        throw new IllegalStateException(blocklist.unreadable().toString());
      }
      return blocklist;
    } catch (JsonException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    fleet.close();
  }
}
