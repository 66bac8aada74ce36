package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.time.AwakeTime;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.agent.time.FixedWallClock;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.offline.CodeDocument;
import dev.interdict.offline.CodeKey;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.report.Device;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.trust.SeededRandom;
import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.OnlineSigners;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A guard with everything real but what it touches: a signed repository, a state folder, a clock
/// moved by hand; the machine, the people and the network are fakes.
final class Scene implements AutoCloseable {
  static final Instant START = Instant.parse("2026-07-03T02:00:00Z");
  static final Instant EFFECTIVE = Instant.parse("2026-07-09T16:00:00Z");
  static final RuleId RULE = new RuleId("claude-code");
  static final Home HOME = new Home("zhao.lei", 1000, BytePath.parse("/home/zhao.lei"));
  static final String SECOND =
      RuleFixtures.CLAUDE_CODE
          .replace("\"claude-code\"", "\"other-tool\"")
          .replace("pkg:npm/%40anthropic-ai/claude-code", "pkg:npm/other-tool")
          .replace("Anthropic.claude-code", "other.tool")
          .replace(".local/share/claude/versions/*", ".local/share/other/*");

  final FixedBootClock boot = new FixedBootClock();
  final FixedWallClock wall = new FixedWallClock(boot, START);
  final ScriptedScanner scanner = new ScriptedScanner();
  final FakeEnforcer enforcer = new FakeEnforcer(scanner);
  final FakeGate gate = new FakeGate();
  final FakeWatch watch = new FakeWatch();
  final FakeBench bench = new FakeBench();
  final RecordingNotifier notifier = new RecordingNotifier();
  final RecordingEvents events = new RecordingEvents();
  final Board board = new Board();
  final LastTrouble trouble = new LastTrouble(() -> START);
  ZoneId zone = ZoneId.of("Asia/Shanghai");
  Set<String> groups = Set.of();
  AwakeTime awake;
  Undelivered undelivered;
  final Map<Integer, Instant> flags = new HashMap<>();
  private int ids;
  final Enrolment enrolment = Enrolment.create(URI.create("https://interdict.example.com/"));
  final Device device =
      new Device(enrolment.device(), "ws-1", OsFamily.LINUX, "Debian GNU/Linux 12", "amd64", 2);
  final Path folder;
  final StateDirectory state;
  final SeededRandom random = new SeededRandom(7);
  final RepositoryPlan.SmallKeys keys;
  Repository repository;
  final FakeCarrier carrier;
  TrustedClock clock;
  Ledger ledger;
  Outbox outbox;
  PolicyKeeper policies;
  Exchange exchange;
  Reporter reporter;
  Cycle cycle;
  Guard guard;
  Codes codes;
  private long serial;

  Scene(Path folder) throws IOException, RepositoryException {
    this.folder = folder;
    state = StateDirectory.open(folder.resolve("state"));
    keys = keys();
    repository = repository(folder.resolve("repository"), keys);
    carrier = new FakeCarrier(folder.resolve("repository"), state.stage(), keys.time(), wall::real);
    PolicyKeeper.begin(state.trust(), repository.initialRoot());
    scanner.homes.add(HOME);
    start(new TrustedClock(boot, wall, null, START));
  }

  RepositoryPlan.SmallKeys keys() {
    return new RepositoryPlan.SmallKeys(
        signer(), signer(), signer(), signer(), signer(), signer(), signer(), signer());
  }

  private Signer signer() {
    return Ed25519Signer.generate(random);
  }

  Repository repository(Path at, RepositoryPlan.SmallKeys keys) throws RepositoryException {
    var year = new Expiries(Map.of(), Duration.ofDays(365));
    return Repository.create(at, RepositoryPlan.small(keys, year), wall::real);
  }

  private void start(@Nullable TrustedClock known) throws IOException {
    var station =
        new Station(
            new Station.Ground(
                state,
                enrolment,
                device,
                boot,
                wall,
                () -> zone,
                () -> groups,
                carrier,
                scanner,
                enforcer,
                notifier,
                events,
                random,
                () -> "n-" + ++ids,
                Duration.ofMinutes(15)),
            board,
            flags::putAll,
            new Station.Prevented(gate, watch, bench),
            known);
    clock = station.clock;
    ledger = station.ledger;
    outbox = station.outbox;
    policies = station.policies;
    exchange = station.exchange;
    reporter = station.reporter;
    awake = station.awake;
    undelivered = station.undelivered;
    cycle = station.cycle;
    guard = station.guard;
    codes = station.codes;
  }

  /// What answers people.
  Desk desk(Bench bench, String... everything) {
    var names = new Pseudonyms(enrolment.pseudonymKey());
    Supplier<String> answerIds = () -> "R-" + ++ids;
    return new Desk(
        board,
        bench,
        new Answering(board, ledger, names, clock::now, answerIds),
        codes,
        new Reception(undelivered, ledger, names, clock::now, awake::total),
        new Disclosure(outbox, looks(), names, board),
        new Checkup(board, clock, state, trouble, Set.of()),
        Set.of(everything));
  }

  private Looks looks() {
    try {
      return Looks.open(state.looks());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The guard looks an hour before the date and at it, as it would by itself.
  void runUpTo(Instant date) throws IOException {
    if (clock.now().isBefore(date.minus(Duration.ofHours(1)))) {
      runAt(date.minus(Duration.ofHours(1)));
    }
    runAt(date);
  }

  /// Ends the guard and starts it anew on the same state.
  void restart() throws IOException {
    ledger.close();
    start(null);
  }

  /// Ends the guard with the machine, which stays off for a while.
  void reboot(Duration off) throws IOException {
    boot.reboot(off);
    restart();
  }

  /// Publishes a root that withdraws the timestamp's and the time statements' keys.
  void rotateOnlineKeys() throws RepositoryException {
    var timestamp = signer();
    carrier.timeKey = signer();
    var roles = new HashMap<>(repository.state().trusted().root().roles());
    roles.put(RoleName.TIMESTAMP, new RoleKeys(List.of(timestamp.key()), 1));
    var time = new RoleKeys(List.of(carrier.timeKey.key()), 1);
    var root =
        SignedFile.sign(repository.preparation().root(roles, time).signed(), List.of(keys.root()));
    repository =
        repository.rotateRoot(
            root, Publication.NOTHING, new OnlineSigners(keys.snapshot(), timestamp));
  }

  void publish(String... rules) throws RepositoryException {
    var list = new ArrayList<Json>();
    for (var rule : rules) {
      list.add(RuleFixtures.json(rule));
    }
    var document = JsonWriter.compact(Blocklist.document(++serial, "Information security", list));
    repository.publish(
        RepositoryPlan.BLOCKLIST, Blocklist.PATH, document, List.of(keys.blocklist()));
  }

  void stop(String reason) throws RepositoryException {
    put(
        RepositoryPlan.CONTROLS,
        Stop.PATH,
        "{\"format\":1,\"all\":true,\"rules\":[],\"reason\":\"" + reason + "\"}",
        keys.controls());
  }

  void unstop() throws RepositoryException {
    put(
        RepositoryPlan.CONTROLS,
        Stop.PATH,
        "{\"format\":1,\"all\":false,\"rules\":[],\"reason\":\"lifted\"}",
        keys.controls());
  }

  void exempt(Instant until) throws RepositoryException {
    var one =
        """
        {"format":1,"exemptions":[{"id":"EX-1","rule":"claude-code","device":"%s",
        "until":"%s","granted-by":"Li Na","reason":"migration"}]}
        """;
    put(
        RepositoryPlan.EXEMPTIONS,
        Exemptions.pathFor(enrolment.device().value()),
        one.formatted(enrolment.device(), until),
        keys.exemptions());
  }

  /// The server makes one-time codes with `key`, and these it has ended.
  void codes(CodeKey key, String... ended) throws RepositoryException {
    var document = new CodeDocument(key.publicKey(), Set.of(ended));
    put(
        RepositoryPlan.EXEMPTIONS,
        CodeDocument.PATH,
        new String(document.write(), StandardCharsets.UTF_8),
        keys.exemptions());
  }

  void put(RoleName role, String path, String text, Signer key) throws RepositoryException {
    repository.publish(role, path, text.getBytes(StandardCharsets.UTF_8), List.of(key));
  }

  /// One installation of Claude Code in the home, the `number`th.
  Item install(int number) {
    var path = HOME.path().resolve("tools").resolve("n" + number);
    var item =
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
            "2.1.112",
            HOME,
            path,
            List.of(new Part(Part.Role.MAIN, path, new FileId(1, number), FileKind.DIRECTORY)));
    scanner.items.add(item);
    return item;
  }

  /// An installation in somebody else's home.
  Item theirs(Home home) {
    var path = home.path().resolve("tools");
    return new Item(
        "npm",
        new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
        "2.1.112",
        home,
        path,
        List.of(new Part(Part.Role.MAIN, path, new FileId(2, home.uid()), FileKind.DIRECTORY)));
  }

  /// An installation for everybody.
  Item ofTheMachine() {
    var path = BytePath.parse("/usr/lib/node_modules/@anthropic-ai/claude-code");
    return new Item(
        "npm",
        new Identity.OfPackage(PackageUrl.npm("@anthropic-ai/claude-code")),
        "2.1.112",
        null,
        path,
        List.of(new Part(Part.Role.MAIN, path, new FileId(3, 1), FileKind.DIRECTORY)));
  }

  Item installOther() {
    var path = HOME.path().resolve("tools").resolve("other");
    var item =
        new Item(
            "npm",
            new Identity.OfPackage(PackageUrl.npm("other-tool")),
            "1.0.0",
            HOME,
            path,
            List.of(new Part(Part.Role.MAIN, path, new FileId(1, 99), FileKind.DIRECTORY)));
    scanner.items.add(item);
    return item;
  }

  void at(Instant moment) {
    boot.pass(Duration.between(clock.now(), moment));
  }

  void runAt(Instant moment) throws IOException {
    at(moment);
    guard.runOnce();
  }

  ReportedRule reported() {
    return reported(RULE.value());
  }

  ReportedRule reported(String id) {
    return carrier.last().rules().stream()
        .filter(rule -> rule.rule().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    ledger.close();
  }
}
