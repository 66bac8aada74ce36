package dev.interdict.server.review;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Groups;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.MovableClock;
import dev.interdict.server.access.Role;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.risk.Register;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// People who write and review rules, the repository they publish to, and workstations that report,
/// all on one clock.
public final class Bureau implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
  public static final Person ANNA = new Person("anna", Set.of(Role.AUTHOR));
  public static final Person BO = new Person("bo", Set.of(Role.APPROVER));
  public static final Person CHEN = new Person("chen", Set.of(Role.APPROVER));
  public static final Person GAO = new Person("gao", Set.of(Role.VIEWER));
  public static final String RULE =
      """
      id: some-tool
      name: Some Tool
      publisher: Somebody
      risk: medium
      reason: {en: It sends data out., zh-CN: 该工具会外传数据。}
      replacement:
        name: Qoder
        url: https://qoder.com/
        identities: [{package: pkg:npm/%40qoder-ai/qodercli}]
      match: [{package: pkg:npm/some-tool}]
      enforcement: remove
      timeline:
        announce: 2026-07-03T09:00
        effective: 2026-07-10T10:00
        zone: Asia/Shanghai
        minimum-notice: PT24H
      limits: {max-items-per-device: 20}
      """;

  public final MovableClock clock = new MovableClock(START);
  public final Database database;
  public final Audit audit;
  public final Publications publications;
  public final PublishedRules published;
  public final Publisher publisher;
  public final Drafts drafts;
  public final Previews previews;
  public final Reviews reviews;
  public final Releases releases;
  private final Map<String, SimulatedDevice> devices = new HashMap<>();

  public Bureau(Path folder) throws Exception {
    var keys = Keyring.create(folder.resolve("keys"), new SecureRandom());
    var repository =
        Repository.create(
            folder.resolve("repository"),
            RepositoryPlan.small(keys.beginning(), Expiries.STANDARD),
            clock);
    database = TestingDatabase.open(folder);
    audit = new Audit(database, clock);
    publications = new Publications(database, audit, clock);
    published = new PublishedRules(publications);
    publisher = new Publisher(repository, keys, publications, "IT of Example");
    drafts = new Drafts(database, audit, clock);
    var examiner = new Examiner(published, new Register(database, audit, clock), clock);
    previews =
        new Previews(
            database,
            audit,
            clock,
            new Recognition(publications),
            Compliance.SILENT_AFTER,
            Set.of("build-machines"));
    reviews = new Reviews(drafts, examiner, previews);
    releases = new Releases(drafts, examiner, reviews, previews, clock);
  }

  StoredDraft draft(String text) {
    return done(drafts.create(ANNA, "from a test", text));
  }

  static StoredDraft done(DraftOutcome outcome) {
    return assertInstanceOf(DraftOutcome.Done.class, outcome, outcome::toString).now();
  }

  static String refused(DraftOutcome outcome) {
    return assertInstanceOf(DraftOutcome.NotDone.class, outcome, outcome::toString).reason();
  }

  StoredDraft now(StoredDraft draft) {
    return drafts.find(draft.number()).orElseThrow();
  }

  Preview preview(StoredDraft draft) {
    var newest = drafts.newest(draft);
    return previews.take(ANNA, draft, newest, releases(draft));
  }

  private Examination releases(StoredDraft draft) {
    var examiner = new Examiner(published, new Register(database, audit, clock), clock);
    return examiner.examine("draft", drafts.newest(draft).content());
  }

  String sha256(StoredDraft draft) {
    return drafts.newest(draft).sha256().substring(0, 16);
  }

  public PublishOutcome observe(StoredDraft draft) {
    return releases.observe(ANNA, draft, (edit, consent) -> publisher.edit("anna", edit, consent));
  }

  public PublishOutcome publish(StoredDraft draft) {
    return releases.publish(ANNA, draft, (edit, consent) -> publisher.edit("anna", edit, consent));
  }

  /// A draft that was observed, previewed and submitted.
  StoredDraft submitted(String text) {
    var draft = draft(text);
    assertInstanceOf(PublishOutcome.Done.class, observe(draft));
    preview(draft);
    return done(reviews.submit(ANNA, draft, null));
  }

  /// One that was approved as well.
  public StoredDraft approved(String text) {
    var draft = submitted(text);
    return done(reviews.approve(BO, draft, sha256(draft), true, null));
  }

  /// Enrols a workstation.
  public SimulatedDevice enrol(String host, String... groups) {
    var device = new SimulatedDevice(host, OsFamily.LINUX);
    var token =
        new EnrolmentTokens(database, audit, new SecureRandom(), clock)
            .create(
                "tester",
                new Placement("R&D", "everyone", List.of(), Groups.of(List.of(groups))),
                Duration.ofDays(1),
                1);
    new Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
        .enrol(device.enrol(token.secret(), null, clock.instant()));
    devices.put(host, device);
    return device;
  }

  /// What a workstation reports of a rule; it holds the newest list then.
  public void report(String host, String rule, RuleState state, ReportedAnswer... answers) {
    var device = device(host);
    var present = state == RuleState.PRESENT ? Presence.NEW : null;
    var findings =
        state.hasIt()
            ? List.of(
                new ReportedFinding(
                    "npm",
                    "pkg:npm/some-tool",
                    "1.2.3",
                    "~/.npm/some-tool",
                    null,
                    EvidenceStrength.STRONG,
                    true))
            : List.<ReportedFinding>of();
    var told =
        new ReportedRule(rule, state, present, null, null, findings, List.of())
            .with(List.of(), List.of(answers));
    var coverage = new Coverage(clock.instant(), true, List.of());
    var body = device.report(coverage, clock.instant(), told);
    send(host, body);
    var serial = publications.newest().orElseThrow().serial();
    database.write(connection ->
        Sql.update(
            connection,
            "update device set policy_serial = ? where device_id = ?",
            serial,
            device.id().value()));
  }

  /// Has a workstation report that it tried to remove something and could not.
  public void failed(String host, String rule) {
    var device = device(host);
    var now = clock.instant();
    var action =
        new ReportedAction(ActionKind.FAILED, "pkg:npm/some-tool", ErrorClass.FILE_IN_USE, now);
    var told =
        new ReportedRule(rule, RuleState.FAILED, null, null, null, List.of(), List.of(action));
    send(host, device.report(new Coverage(now, true, List.of()), now, told));
  }

  /// Sends these bytes as the workstation's newest report.
  public ReportOutcome send(String host, byte[] body) {
    var device = device(host);
    return new Intake(database, audit, clock, Holdings.UNHEARD)
        .accept(device.signedReport(body, clock.instant()));
  }

  private SimulatedDevice device(String host) {
    return Objects.requireNonNull(devices.get(host), "it was enrolled before");
  }

  public @Nullable Json inForce(String rule) {
    return published.now().get(new RuleId(rule));
  }

  /// What the rule in force does from its date on.
  String enforcement(String rule) {
    return inForce(rule) instanceof Json.Obj object
            && object.get("enforcement") instanceof Json.Text(var word)
        ? word
        : "nothing";
  }

  @Override
  public void close() {
    database.close();
  }
}
