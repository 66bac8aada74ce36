package dev.interdict.server.main;

import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.MovableClock;
import dev.interdict.server.access.Role;
import dev.interdict.server.ceremony.Inspection;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.events.Links;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.Limits;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.server.web.Console;
import dev.interdict.server.web.Masthead;
import dev.interdict.server.webhooks.Sender;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A real server with keys, so that people decide over its API, on free ports over a real database,
/// with a clock that tests move.
public final class TestingOffice implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";

  private static final Masthead NOBODY =
      new Masthead() {
        @Override
        public String issuer() {
          return "";
        }

        @Override
        public long ruleCount() {
          return 0;
        }

        @Override
        public long deviceCount() {
          return 0;
        }

        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public Masthead within(Scope scope) {
          return this;
        }
      };

  public final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T00:00:00Z"));
  public final Server server;

  /// Who calls it. They hang up before it closes, which else waits a second for each.
  public final HttpClient visitors = HttpClient.newHttpClient();

  /// What the port for people answers, as `GET /a/{b}`.
  public final List<String> routes = new ArrayList<>();

  private final Path folder;

  public TestingOffice(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder);
    var random = new SecureRandom();
    var keys = Keyring.create(folder.resolve("keys"), random);
    var config = TestingDatabase.config(folder);
    var parts = TestingServer.parts(config, random, clock);
    var plan = RepositoryPlan.small(keys.beginning(), Expiries.STANDARD);
    var repository = Repository.create(parts.signed(), plan, clock);
    var publications = new Publications(parts.database(), parts.audit(), clock);
    var governance =
        Governance.of(
            parts,
            clock,
            () -> new Publisher(repository, keys, publications, "IT of Example"),
            new ExemptionFiles(
                parts.database(), parts.audit(), repository, _ -> keys, parts.setback()),
            folder.resolve("keys"),
            Limits.STANDARD,
            config.silentAfter(),
            Set.of("build-machines"),
            new Sender(
                parts.sealing(),
                new Links("https://interdict.example"),
                Set.of("127.0.0.1", "localhost"),
                Resolver.SYSTEM,
                TrustedCa.of(null),
                Sender.LIMIT),
            Outlets.mail(),
            Outlets.collector());
    server =
        Server.start(
            config,
            parts,
            governance,
            SampleAbout.of(clock),
            nonce -> nonce.clone(),
            (router, _) -> {
              new Console(List.of(), NOBODY, parts.sessions(), parts.gate(), false, random)
                  .commandLines(parts.commandLines(), clock)
                  .addTo(router);
              routes.addAll(router.routes());
            });
  }

  public Parts parts() {
    return server.parts();
  }

  public String address() {
    return "http://127.0.0.1:" + server.adminPort();
  }

  public void person(String name, Role... roles) {
    parts().accounts().create("tester", name, PASSWORD, Set.of(roles));
  }

  /// A draft as those who have the keys give it back, each having verified and signed it.
  public String signed(String draft) throws Exception {
    var read = SigningDraftFile.read(draft.getBytes(StandardCharsets.UTF_8));
    var pin = Secrets.hash(Objects.requireNonNull(parts().signed().read("1.root.json", 1 << 20)));
    for (var signer : Keyring.open(folder.resolve("keys")).opened()) {
      read = Inspection.inspect(read, pin, clock.instant()).signedBy(signer);
    }
    return new String(SigningDraftFile.write(read), StandardCharsets.UTF_8);
  }

  /// Enrols a workstation.
  public SimulatedDevice device(String host, String department) throws IOException {
    return device(host, department, false);
  }

  /// Has the company's list say that it is that person's.
  public void belongs(String device, String person) {
    parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "insert into expected_device (entry_id, host, os, department, person, group_names,"
                    + " in_use, added_at, changed_at, device_id) values (?, 'ws', 'linux', 'R&D',"
                    + " ?, '', 1, 0, 0, ?)",
                device,
                person,
                device));
  }

  /// Enrols one that waits for approval, or counts at once.
  public SimulatedDevice device(String host, String department, boolean waits) throws IOException {
    return enrol(new SimulatedDevice(host, OsFamily.LINUX), department, waits);
  }

  /// Enrols this one.
  public SimulatedDevice enrol(SimulatedDevice device, String department, boolean waits)
      throws IOException {
    var token =
        parts()
            .tokens()
            .create(
                "tester",
                new Placement(department, "everyone", List.of()),
                Duration.ofDays(30),
                1,
                new dev.interdict.server.fleet.expected.Arrival.Allowed(waits, false),
                10)
            .secret();
    new dev.interdict.server.fleet.Enrolment(
            parts().database(), parts().audit(), clock, Duration.ofDays(7))
        .enrol(device.enrol(token, null, clock.instant()));
    return device;
  }

  /// What the audit log says of them, each text once.
  public List<String> details() {
    return parts()
        .database()
        .read(handle ->
            handle.createQuery("select distinct detail from audit").mapTo(String.class).list());
  }

  /// What the audit log has, each deed once.
  public List<String> actions() {
    return parts()
        .database()
        .read(handle ->
            handle
                .createQuery("select distinct action from audit order by action")
                .mapTo(String.class)
                .list());
  }

  /// Makes a key for one-time codes and tells devices of it.
  public void codeKey() throws IOException {
    TestingCodes.key(folder.resolve("keys"), parts().database(), clock.instant());
  }

  /// The device reports that it has the software, and what its employee answered.
  public void reports(
      SimulatedDevice device, String rule, RuleState state, ReportedAnswer... answers) {
    var finding =
        new ReportedFinding(
            "npm",
            "pkg:npm/some-tool",
            "1.2.3",
            "~/.npm/=some-tool",
            null,
            EvidenceStrength.STRONG,
            true);
    var told =
        new ReportedRule(
                rule,
                state,
                state == RuleState.PRESENT ? Presence.NEW : null,
                null,
                null,
                state.hasIt() ? List.of(finding) : List.of(),
                state == RuleState.FAILED
                    ? List.of(
                        new ReportedAction(
                            ActionKind.FAILED,
                            "pkg:npm/some-tool",
                            ErrorClass.FILE_IN_USE,
                            clock.instant()))
                    : List.of())
            .with(List.of(), List.of(answers));
    clock.move(Duration.ofSeconds(1));
    var coverage = new Coverage(clock.instant(), true, List.of());
    new dev.interdict.server.fleet.Intake(
            parts().database(), parts().audit(), clock, dev.interdict.server.fleet.Holdings.UNHEARD)
        .accept(
            device.signedReport(device.report(coverage, clock.instant(), told), clock.instant()));
    clock.move(Duration.ofSeconds(1));
  }

  @Override
  public void close() {
    visitors.shutdownNow();
    visitors.close();
    server.close();
  }
}
