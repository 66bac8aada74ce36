package dev.interdict.server.fleetsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.PolicyVersion;
import dev.interdict.report.ReportJson;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.setup.InitCommand;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.PassphraseSource;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.main.TestingServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;

/// A small company before a real server, played in simulated time.
final class PlayedFleet implements AutoCloseable {
  static final String RULE = "claude-code";
  static final Instant ANNOUNCED = Instant.parse("2026-06-29T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofHours(5);

  final TestingServer server;
  final Truth truth;
  final Map<Lies.Kind, Integer> lies = new EnumMap<>(Lies.Kind.class);
  final Set<Status> seen = EnumSet.noneOf(Status.class);
  final StringBuilder script = new StringBuilder();
  private final Company company;
  private final Hours hours;
  private final Keys keys;
  private final Roster roster;
  private final Agents agents;
  private final Play play;
  private final Lies liar;
  private final Map<Integer, byte[]> last = new HashMap<>();
  private Instant now = ANNOUNCED;

  PlayedFleet(Path folder, long seed, int devices, int clones) throws IOException {
    var effective = Instant.parse("2026-07-06T16:00:00Z");
    var ban = new Ban(RULE, new PolicyVersion(0, 1), ANNOUNCED, effective, Duration.ofHours(24));
    company =
        new Company(
            new Draw(seed),
            devices,
            clones,
            ANNOUNCED,
            INTERVAL,
            ban,
            List.of("model-use"),
            Temper.NATURAL);
    var outage =
        new Hours.Outage(
            Instant.parse("2026-07-01T01:00:00Z"), Instant.parse("2026-07-01T09:00:00Z"));
    hours = new Hours(company, false, List.of(outage));
    var clock = new MovableClock(ANNOUNCED);
    publish(folder, clock);
    server = new TestingServer(folder, clock);
    keys = new Keys(company);
    roster = new Roster(company.machines());
    truth = new Truth(company, hours);
    liar = new Lies(company, hours, keys, roster);
    agents = new Agents(company, hours, keys, roster, tokens(), new Coming.ByThemselves());
    var wheel = new Wheel(company.machines(), ANNOUNCED, Duration.ofMillis(100), 1 << 16);
    var address = new InetSocketAddress("127.0.0.1", server.server.devicePort());
    play =
        new Play(
            agents,
            wheel,
            address,
            at -> clock.move(Duration.between(clock.instant(), at)),
            this::heard);
    for (var machine = 0; machine < devices; machine++) {
      play.start(machine, agents.first(machine, ANNOUNCED));
    }
  }

  /// Makes the signed repository, of which devices say what they hold.
  private static void publish(Path folder, MovableClock clock) {
    var said = new StringWriter();
    var console =
        new Console(
            new PrintWriter(said),
            new PrintWriter(said),
            false,
            "tester",
            clock,
            new SecureRandom(),
            PassphraseSource.NONE);
    assertEquals(
        0, new CommandLine(new InitCommand(console)).execute(folder.toString()), said::toString);
  }

  private List<String> tokens() {
    var tokens = new ArrayList<String>();
    for (var department : company.departments()) {
      var placement = new Placement(department, "everyone", List.of());
      var token =
          server.server.parts().tokens().create("tester", placement, Duration.ofDays(90), 10_000);
      tokens.add(token.secret());
    }
    return tokens;
  }

  private void heard(int machine, Call call, Answer answer, Instant at) {
    truth.answer(machine, call, answer, at);
    script.append(machine).append(' ').append(call.kind()).append(' ').append(at).append(' ');
    script.append(answer.status()).append('\n');
    if (answer.good() && call.kind() != Call.Kind.ENROL && call.kind() != Call.Kind.UNCHANGED) {
      last.put(machine, call.body());
    }
  }

  Instant now() {
    return now;
  }

  void play(Duration more) throws IOException {
    now = now.plus(more);
    play.until(now);
    for (var device : truth.enrolled()) {
      seen.add(truth.status(device, now));
    }
    // Copies of machines come to life one by one.
    var begun = Duration.between(ANNOUNCED, now).toDays();
    var clone = company.devices() + (int) begun - 4;
    if (begun >= 4 && clone < company.machines() && last.containsKey(company.keyOf(clone))) {
      agents.copy(clone);
      play.start(clone, now);
    }
  }

  /// Tells every lie about some machine that speaks for a key alone.
  void lie() throws IOException {
    for (var kind : Lies.Kind.values()) {
      var machine = liar(kind);
      if (machine >= 0) {
        var lie = liar.tell(kind, machine, Objects.requireNonNull(last.get(machine)), now);
        var answer = play.send(lie.call());
        assertTrue(
            lie.answers().contains(answer.status()),
            () -> kind + " was answered with " + answer.status());
        if (lie.taken()) {
          roster.compose(machine, now);
          roster.take(machine, ReportJson.hash(lie.call().body()));
          heard(machine, lie.call(), answer, now);
        } else if (answer.status() == 409) {
          truth.answer(machine, lie.call(), answer, now);
        }
        if (lie.doubted()) {
          truth.doubts(machine);
        }
        lies.merge(kind, 1, Integer::sum);
      }
    }
  }

  /// A machine that has told all it composed, and could be clear if what is told is about that; -1
  /// if none is at hand.
  private int liar(Lies.Kind kind) {
    for (var attempt = 0; attempt < 20; attempt++) {
      var machine =
          company
              .draw()
              .below(company.devices(), now.getEpochSecond() + attempt, 200 + kind.ordinal());
      var clear = Life.of(company, hours, machine).at(now).state().claimsClear();
      var body = last.get(machine);
      if (body != null
          && ReportJson.hash(body).equals(roster.hash(machine))
          && roster.composed(machine) == null
          && (clear || kind != Lies.Kind.CLEAR_UNSEEN)) {
        return machine;
      }
    }
    return -1;
  }

  /// All that the server knows of a device.
  DeviceDetail detail(int device) {
    return Objects.requireNonNull(server.server.parts().compliance().device(keys.id(device)));
  }

  /// The reports of a device that the server has, by number.
  Map<Long, String> stored(int device) {
    return server
        .server
        .parts()
        .database()
        .read(handle -> {
          var stored = new TreeMap<Long, String>();
          handle
              .createQuery("select sequence, hash from report where device_id = :id")
              .bind("id", keys.id(device).value())
              .map((row, _) -> stored.put(row.getLong("sequence"), row.getString("hash")))
              .list();
          return stored;
        });
  }

  /// How the requests were answered.
  Map<Call.Kind, Map<Integer, Integer>> answers() {
    return play.answers();
  }

  @Override
  public void close() {
    play.close();
    server.close();
  }
}
