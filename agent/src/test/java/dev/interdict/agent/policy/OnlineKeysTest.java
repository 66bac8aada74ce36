package dev.interdict.agent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.Deciding;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.decide.History;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.Recollection;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.Situation;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.Stop;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedProblem;
import dev.interdict.trust.RepositorySimulator;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a thief of all online keys signs, a device does what the offline keys said, or less:
/// never more, never earlier.
class OnlineKeysTest {
  private static final Instant START = Instant.parse("2026-07-03T02:00:00Z");
  private static final Instant EFFECTIVE = Instant.parse("2026-07-09T16:00:00Z");
  private static final DeviceId DEVICE = new DeviceId("0".repeat(32));
  private static final String SHARD = Exemptions.pathFor(DEVICE.value());
  private static final List<Instant> TIMES =
      List.of(
          START,
          Instant.parse("2026-07-05T00:00:00Z"),
          EFFECTIVE.minusSeconds(1),
          EFFECTIVE,
          EFFECTIVE.plus(Duration.ofDays(2)));

  /// The list of before: the same ban, five days earlier.
  private static final String EARLIER =
      RuleFixtures.CLAUDE_CODE
          .replace("2026-07-10T00:00", "2026-07-04T00:00")
          .replace("PT24H", "PT0S");

  private static final RoleName EXEMPTIONS = RepositoryPlan.EXEMPTIONS;
  private static final RoleName CONTROLS = RepositoryPlan.CONTROLS;

  /// What the thief's work may come to, where the device knew of no exemption before.
  enum Outcome {
    /// As if nothing had happened.
    SAME,
    /// Nothing of it is believed.
    REFUSED,
    /// The rule is held.
    HELD
  }

  static Stream<Arguments> thefts() {
    return Stream.of(
        theft(
            "a rule in the exemptions' place",
            Outcome.HELD,
            on -> on.put(EXEMPTIONS, SHARD, list(9, EARLIER))),
        theft(
            "a rule beside exemptions",
            Outcome.HELD,
            on ->
                on.put(
                    EXEMPTIONS,
                    SHARD,
                    bytes("{\"format\":1,\"exemptions\":[],\"rules\":[" + EARLIER + "]}"))),
        theft(
            "a rule among exemptions",
            Outcome.HELD,
            on -> on.put(EXEMPTIONS, SHARD, exemptions(EARLIER))),
        theft(
            "the blocklist, listed by the exemptions",
            Outcome.SAME,
            on -> on.put(EXEMPTIONS, Blocklist.PATH, list(9, EARLIER))),
        theft(
            "the blocklist, listed by the controls",
            Outcome.SAME,
            on -> on.put(CONTROLS, Blocklist.PATH, list(9, EARLIER))),
        theft(
            "the exemptions, listed by the controls",
            Outcome.SAME,
            on -> on.put(CONTROLS, SHARD, exemptions(""))),
        theft(
            "the blocklist, signed by all online keys",
            Outcome.REFUSED,
            on -> {
              on.put(RepositorySimulator.BLOCKLIST, Blocklist.PATH, list(9, EARLIER));
              on.signedBy(
                  RepositorySimulator.BLOCKLIST,
                  Stream.of(EXEMPTIONS, CONTROLS, RoleName.SNAPSHOT, RoleName.TIMESTAMP)
                      .flatMap(role -> on.signers(role).stream())
                      .toList());
            }),
        theft(
            "a delegation of the blocklist by the exemptions",
            Outcome.SAME,
            on -> {
              var own = new RoleName("own");
              on.keys(own, 1, on.newSigner());
              on.delegate(EXEMPTIONS, own, true, "blocklist/*", "*");
              on.put(own, Blocklist.PATH, list(9, EARLIER));
              on.sign(EXEMPTIONS);
            }),
        theft(
            "a stop with more than we know",
            Outcome.HELD,
            on -> on.put(CONTROLS, Stop.PATH, stop("\"rules\":[],\"from\":\"2026-07-04\""))),
        theft(
            "a stop that names a rule to start",
            Outcome.HELD,
            on -> on.put(CONTROLS, Stop.PATH, stop("\"rules\":[],\"start\":[\"claude-code\"]"))),
        theft(
            "a stop of a rule that is none",
            Outcome.HELD,
            on -> on.put(CONTROLS, Stop.PATH, stop("\"rules\":[\"Claude Code\"]"))),
        theft(
            "a stop of the rule",
            Outcome.HELD,
            on -> on.put(CONTROLS, Stop.PATH, stop("\"rules\":[\"claude-code\"]"))),
        theft(
            "a stop of another rule",
            Outcome.SAME,
            on -> on.put(CONTROLS, Stop.PATH, stop("\"rules\":[\"other\"]"))),
        theft(
            "a rule in the stop's place",
            Outcome.HELD,
            on -> on.put(CONTROLS, Stop.PATH, list(9, EARLIER))),
        theft("a torn stop", Outcome.HELD, on -> on.put(CONTROLS, Stop.PATH, bytes("{"))),
        theft(
            "an exemption that ended",
            Outcome.SAME,
            on ->
                on.put(
                    EXEMPTIONS, SHARD, exemptions(exemption(DEVICE, "2026-07-01T00:00:00Z", "")))),
        theft(
            "an exemption of another device",
            Outcome.SAME,
            on ->
                on.put(
                    EXEMPTIONS,
                    SHARD,
                    exemptions(
                        exemption(new DeviceId("1".repeat(32)), "2026-09-01T00:00:00Z", "")))),
        theft(
            "an exemption with more than we know",
            Outcome.HELD,
            on ->
                on.put(
                    EXEMPTIONS,
                    SHARD,
                    exemptions(
                        exemption(
                            DEVICE,
                            "2026-07-01T00:00:00Z",
                            ",\"effective\":\"2026-07-04T00:00\"")))),
        theft(
            "an exemption until no day",
            Outcome.HELD,
            on -> on.put(EXEMPTIONS, SHARD, exemptions(exemption(DEVICE, "-", "")))),
        theft(
            "answers of persons with more than we know",
            Outcome.SAME,
            on -> on.put(EXEMPTIONS, SHARD, answers())),
        theft(
            "no exemptions any more",
            Outcome.SAME,
            on -> on.put(EXEMPTIONS, SHARD, exemptions(""))),
        theft(
            "the list of before in a new snapshot",
            Outcome.REFUSED,
            on -> promise(on, RepositorySimulator.BLOCKLIST, 2)),
        theft("a snapshot without the exemptions", Outcome.REFUSED, on -> forget(on, EXEMPTIONS)),
        theft("a snapshot without the controls", Outcome.REFUSED, on -> forget(on, CONTROLS)),
        theft(
            "a snapshot without the blocklist",
            Outcome.REFUSED,
            on -> forget(on, RepositorySimulator.BLOCKLIST)),
        theft(
            "a list in snapshot and timestamp",
            Outcome.SAME,
            on -> {
              on.snapshot();
              on.alter(RoleName.SNAPSHOT, signed -> with(signed, "rules", rules(EARLIER)));
              on.timestamp();
              on.alter(RoleName.TIMESTAMP, signed -> with(signed, "rules", rules(EARLIER)));
            }),
        theft(
            "a time long after all dates",
            Outcome.SAME,
            on -> {
              on.snapshot();
              on.timestamp();
              var late = new Json.Text("2030-01-01T00:00:00Z");
              on.alter(
                  RoleName.TIMESTAMP,
                  signed -> with(with(signed, "x-interdict-issued", late), "expires", late));
            }),
        theft(
            "versions run up to the highest",
            Outcome.SAME,
            on -> {
              on.version(RoleName.SNAPSHOT, Header.HIGHEST_VERSION);
              on.version(RoleName.TIMESTAMP, Header.HIGHEST_VERSION);
              on.publish();
            }));
  }

  @TempDir Path folder;

  @Test
  void without_thieves_the_rule_is_due_at_its_date() throws Exception {
    var device = new Device(repository(false));
    assertInstanceOf(Verdict.Waiting.class, device.verdict(EFFECTIVE.minusSeconds(1)));
    assertInstanceOf(Verdict.Due.class, device.verdict(EFFECTIVE));
    assertInstanceOf(Verdict.Exempt.class, new Device(repository(true)).verdict(EFFECTIVE));
  }

  @Test
  void answers_of_persons_that_cannot_be_read_are_told() throws Exception {
    var on = repository(false);
    var device = new Device(on);
    assertEquals(List.of(), device.problems());
    on.put(EXEMPTIONS, SHARD, answers());
    on.publish();
    device.take(on);
    assertEquals(
        List.of(new ReportedProblem(Problem.EXEMPTION_UNREADABLE, null)), device.problems());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thefts")
  void online_keys_never_make_a_device_do_more(
      String name, Outcome outcome, Consumer<RepositorySimulator> theft) throws Exception {
    var honest = new Device(repository(false)).verdicts();
    for (var exempt : List.of(false, true)) {
      var on = repository(exempt);
      var device = new Device(on);
      var before = device.verdicts();
      var served = on.copy().get("timestamp.json");
      theft.accept(on);
      if (served == on.copy().get("timestamp.json")) {
        on.publish();
      }
      var taken = device.take(on);
      var after = device.verdicts();
      assertEquals(outcome == Outcome.REFUSED, taken.problem() != null, taken.message());
      TIMES.forEach(time -> {
        var what = name + " at " + time + ": " + after.get(time);
        assertTrue(strictness(after.get(time)) <= strictness(honest.get(time)), what);
        if (outcome == Outcome.REFUSED) {
          assertEquals(before.get(time), after.get(time), what);
        } else if (!exempt && outcome == Outcome.SAME) {
          assertEquals(honest.get(time), after.get(time), what);
        } else if (outcome == Outcome.HELD && !(after.get(time) instanceof Verdict.Exempt)) {
          assertInstanceOf(Verdict.Held.class, after.get(time), what);
        }
      });
    }
  }

  /// A list with an early date was published, then the one that counts; the device saw both.
  private static RepositorySimulator repository(boolean exempt) {
    var on = new RepositorySimulator(START.minus(Duration.ofDays(1)), 7);
    for (var role : List.of(EXEMPTIONS, CONTROLS)) {
      on.keys(role, 1, on.newSigner());
      on.delegate(RoleName.TARGETS, role, true, role + "/*");
    }
    on.put(RepositorySimulator.BLOCKLIST, Blocklist.PATH, list(1, EARLIER));
    on.put(RepositorySimulator.BLOCKLIST, Blocklist.PATH, list(2, RuleFixtures.CLAUDE_CODE));
    on.put(CONTROLS, Stop.PATH, stop("\"rules\":[]"));
    on.put(
        EXEMPTIONS, SHARD, exemptions(exempt ? exemption(DEVICE, "2026-08-01T00:00:00Z", "") : ""));
    on.sign(RoleName.TARGETS);
    on.publish();
    return on;
  }

  /// A device that was told of the ban in time.
  private final class Device {
    private final Path state;
    private final PolicyKeeper keeper;
    private int fetched;

    Device(RepositorySimulator on) throws IOException {
      state = Files.createTempDirectory(folder, "device");
      PolicyKeeper.begin(state.resolve("trust"), on.initialRoot());
      keeper = PolicyKeeper.open(state.resolve("trust"), DEVICE);
      var taken = take(on);
      assertEquals(null, taken.problem(), taken.message());
    }

    PolicyKeeper.Taken take(RepositorySimulator on) throws IOException {
      var stage = state.resolve("stage-" + fetched++);
      for (var file : on.copy().entrySet()) {
        var place = stage.resolve(file.getKey());
        Files.createDirectories(place.getParent());
        Files.write(place, file.getValue());
      }
      return keeper.take(stage, START, (_, start) -> start);
    }

    List<ReportedProblem> problems() {
      return keeper.current(START).problems();
    }

    Map<Instant, Verdict> verdicts() {
      var verdicts = new LinkedHashMap<Instant, Verdict>();
      TIMES.forEach(time -> verdicts.put(time, verdict(time)));
      return verdicts;
    }

    Verdict verdict(Instant now) {
      var policy = keeper.current(now);
      assertEquals(1, policy.blocklist().rules().size());
      var rule = policy.blocklist().rules().getFirst();
      var facts =
          new DeviceFacts(
              DEVICE.value(), OperatingSystem.LINUX, ZoneId.of("Asia/Shanghai"), Set.of());
      return Deciding.verdict(
          rule,
          new Sighting(1, true, Set.of("lin")),
          told(rule.timeline().term()),
          new Situation(
              facts,
              policy.exemptions(),
              policy.stop(),
              policy.age(),
              TimeView.certain(now),
              Set.of()));
    }
  }

  /// Announced at the start, and called out for `date`.
  private static History told(Instant date) {
    var memory = new Recollection();
    for (var phase : List.of(NoticePhase.ANNOUNCED, NoticePhase.LAST_HOUR)) {
      memory.told("lin", START, phase, date, ToldOutcome.SHOWN, Duration.ZERO);
    }
    return memory.history();
  }

  private static int strictness(@Nullable Verdict verdict) {
    return switch (verdict) {
      case null -> throw new AssertionError("no verdict");
      case Verdict.OutOfScope _, Verdict.Unannounced _, Verdict.Exempt _, Verdict.Held _ -> 0;
      case Verdict.Waiting _ -> 1;
      case Verdict.Due(var _, var enforcement) -> 2 + enforcement.ordinal();
    };
  }

  private static Arguments theft(
      String name, Outcome outcome, Consumer<RepositorySimulator> theft) {
    return Arguments.of(name, outcome, theft);
  }

  private static void promise(RepositorySimulator on, RoleName role, long version) {
    on.promiseOnlyVersions();
    on.version(role, version + 1);
    on.publish();
  }

  private static void forget(RepositorySimulator on, RoleName role) {
    on.snapshot();
    on.alter(
        RoleName.SNAPSHOT,
        signed -> {
          if (!(signed.get("meta") instanceof Json.Obj(var members))) {
            throw new IllegalArgumentException("a snapshot without meta");
          }
          var meta = new LinkedHashMap<>(members);
          meta.remove(role + ".json");
          return with(signed, "meta", new Json.Obj(meta));
        });
    on.timestamp();
  }

  private static Json.Obj with(Json.Obj object, String name, Json value) {
    var members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new Json.Obj(members);
  }

  private static byte[] list(long serial, String rule) {
    return bytes(
        "{\"format\":1,\"serial\":" + serial + ",\"issuer\":\"IT\",\"rules\":[" + rule + "]}");
  }

  private static Json rules(String rule) {
    return RuleFixtures.json("[" + rule + "]");
  }

  private static byte[] stop(String members) {
    return bytes("{\"format\":1,\"all\":false,\"reason\":\"r\"," + members + "}");
  }

  private static byte[] answers() {
    return bytes(
        "{\"format\":1,\"exemptions\":[],\"refused\":[{\"rule\":\"claude-code\",\"effective\":"
            + "\"2026-07-04T00:00\"}],\"confirmed\":[\"claude-code\"]}");
  }

  private static byte[] exemptions(String items) {
    return bytes("{\"format\":1,\"exemptions\":[" + items + "]}");
  }

  private static String exemption(DeviceId device, String until, String more) {
    return "{\"id\":\"e1\",\"rule\":\"claude-code\",\"device\":\""
        + device
        + "\",\"until\":\""
        + until
        + "\",\"granted-by\":\"anna\",\"reason\":\"r\""
        + more
        + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
