package dev.interdict.server.exemptions;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Exemptions;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.store.Database;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A real database and a real signed repository, devices that report to the one and read the other,
/// and the people who decide.
final class Company implements AutoCloseable {
  static final RuleId RULE = new RuleId("claude-code");
  static final Decider MANAGER = new Decider("zhao.min", Set.of(Role.HELPDESK));
  static final Decider SECURITY = new Decider("li.na", Set.of(Role.APPROVER));
  static final Decider OTHER = new Decider("wang.wei", Set.of(Role.APPROVER));
  static final Instant UNTIL = Instant.parse("2026-07-20T16:00:00Z");

  final SimulatedFleet fleet;
  final Path folder;
  final Keyring keys;
  final Repository repository;
  final Cases cases;
  final Setback setback;
  dev.interdict.server.exemptions.Limits limits = dev.interdict.server.exemptions.Limits.STANDARD;

  Company(Path folder) throws Exception {
    this.folder = folder;
    fleet = new SimulatedFleet(folder);
    keys = Keyring.create(folder.resolve("keys"), new SecureRandom());
    repository =
        Repository.create(
            folder.resolve("repository"),
            RepositoryPlan.small(keys.beginning(), Expiries.STANDARD),
            fleet.clock);
    cases = new Cases(fleet.database);
    var publications = new Publications(fleet.database, fleet.audit, fleet.clock);
    setback = new Setback(publications, repository::state);
  }

  Decisions decisions() {
    return decisions(fleet.database);
  }

  /// As another process has it.
  Decisions decisions(Database database) {
    return new Decisions(
        database, new Audit(database, fleet.clock), fleet.clock, limits, () -> Set.of(RULE));
  }

  ExemptionFiles files() {
    return files(fleet.database);
  }

  ExemptionFiles files(Database database) {
    return new ExemptionFiles(
        database, new Audit(database, fleet.clock), repository, _ -> keys, setback);
  }

  Upkeep upkeep() {
    return new Upkeep(fleet.database, fleet.audit, fleet.clock, files());
  }

  SimulatedDevice device(String host) {
    return fleet.enrolled(host, OsFamily.LINUX, "R&D");
  }

  static About about(SimulatedDevice device) {
    return new About(device.id().value(), RULE);
  }

  Seen seen(SimulatedDevice device) {
    return cases.seen(about(device));
  }

  /// The device reports that its employee asks.
  void asks(SimulatedDevice device, String id, @Nullable Instant until, @Nullable String reason) {
    var request =
        new ReportedAnswer(
            id, "exemption-request", fleet.clock.instant(), until, null, reason, null);
    reports(device, RULE.value(), List.of(request));
  }

  void reports(SimulatedDevice device, String rule, List<ReportedAnswer> answers) {
    var reported =
        new ReportedRule(rule, RuleState.CLEAR, null, null, null, List.of(), List.of())
            .with(List.of(), answers);
    fleet.clock.move(Duration.ofSeconds(1));
    assertInstanceOf(
        ReportOutcome.Accepted.class,
        fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), reported));
    fleet.clock.move(Duration.ofSeconds(1));
  }

  ExemptionCase confirmed(SimulatedDevice device) {
    return done(
        decisions().grant(MANAGER, about(device), seen(device), UNTIL, "migration of plugin X"));
  }

  /// Both steps, and published.
  ExemptionCase granted(SimulatedDevice device) {
    confirmed(device);
    var granted =
        done(
            decisions()
                .grant(SECURITY, about(device), seen(device), null, "until plugin X is over"));
    published();
    return granted;
  }

  void published() {
    assertNull(files().publish("li.na"));
  }

  static ExemptionCase done(DecisionOutcome outcome) {
    return assertInstanceOf(DecisionOutcome.Done.class, outcome).now();
  }

  static String refused(DecisionOutcome outcome) {
    return assertInstanceOf(DecisionOutcome.NotDone.class, outcome).reason();
  }

  long version() throws Exception {
    return repository.state().role(RepositoryPlan.EXEMPTIONS).version();
  }

  /// What the device itself believes now.
  Exemptions believed(SimulatedDevice device) throws Exception {
    var id = device.id().value();
    var updater =
        new Updater(
            repository.initialRoot(),
            new DirectoryStore(folder.resolve("trust-" + id)),
            new DirectoryFetcher(folder.resolve("repository")),
            Limits.STANDARD);
    var refreshed = updater.refresh(fleet.clock.instant());
    assertTrue(
        refreshed instanceof RefreshResult.Updated || refreshed instanceof RefreshResult.Unchanged,
        refreshed::toString);
    return updater.target(Exemptions.pathFor(id)) instanceof TargetResult.Found(var found, var _)
        ? Exemptions.read(found.content(), id)
        : Exemptions.NONE;
  }

  List<String> audited() {
    return fleet.audit.newest(Long.MAX_VALUE, 100).reversed().stream()
        .filter(entry -> entry.action().startsWith("exemption"))
        .map(entry -> entry.actor() + " " + entry.action() + " " + entry.object())
        .toList();
  }

  static dev.interdict.server.exemptions.Limits limits(Duration longest, long atOnce) {
    return new dev.interdict.server.exemptions.Limits(
        new dev.interdict.server.exemptions.Limits.Limit(longest, atOnce), Map.of());
  }

  @Override
  public void close() {
    fleet.close();
  }
}
