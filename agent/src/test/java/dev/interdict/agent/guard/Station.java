package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.time.AwakeTime;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.agent.time.FixedWallClock;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.json.Json;
import dev.interdict.policy.Language;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Device;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A guard put together as the real one is, on clocks that a test moves: machine, people, network
/// and disk are the test's. One that ends with an exception is thrown away and another one made of
/// what lies in its folder. For one thread.
public final class Station implements AutoCloseable {
  /// What a guard stands on.
  ///
  /// @param ids names for notices and answers
  public record Ground(
      StateDirectory state,
      Enrolment enrolment,
      Device device,
      FixedBootClock boot,
      FixedWallClock wall,
      Supplier<ZoneId> zone,
      Supplier<Set<String>> groups,
      Carrier carrier,
      Scanner scanner,
      Enforcer enforcer,
      Notifier notifier,
      Events events,
      SecureRandom random,
      Supplier<String> ids,
      Duration interval) {}

  public final TrustedClock clock;
  public final Outbox outbox;
  final Ledger ledger;
  final AwakeTime awake;
  final Undelivered undelivered;
  final PolicyKeeper policies;
  final Exchange exchange;
  final Reporter reporter;
  final Cycle cycle;
  final Guard guard;
  final Codes codes;
  private final Board board;
  private final Answering answering;
  private final Timekeeper timekeeper;
  private final Ground ground;
  private boolean found;
  private boolean begun;

  /// Starts it.
  ///
  /// @throws IOException if its folder cannot be read or written
  public Station(Ground ground) throws IOException {
    this(
        ground,
        new Board(),
        _ -> {},
        new Prevented(new FakeGate(), new FakeWatch(), new FakeBench()),
        null);
  }

  /// What would prevent launches and notice that something comes back.
  record Prevented(FakeGate gate, FakeWatch watch, FakeBench bench) {}

  /// @param known the clock of the guard; null for one that goes on from what the folder holds
  Station(
      Ground ground,
      Board board,
      Undelivered.Flags flags,
      Prevented prevented,
      @Nullable TrustedClock known)
      throws IOException {
    this.ground = ground;
    this.board = board;
    var state = ground.state();
    var id = ground.enrolment().device();
    ledger = Ledger.open(state.path());
    outbox = Outbox.open(state.outbox());
    policies = PolicyKeeper.open(state.trust(), id);
    var mark = ClockFile.load(state.clock());
    clock = known != null ? known : clock(mark);
    var names = new Pseudonyms(ground.enrolment().pseudonymKey());
    var since = mark == null ? Instant.EPOCH : mark.floor();
    reporter = new Reporter(ground.device(), "1.0", names, ledger, outbox, since);
    exchange =
        new Exchange(
            state,
            ground.enrolment(),
            policies,
            outbox,
            clock,
            ground.carrier(),
            ground.events(),
            Looks.open(state.looks()),
            ground.random());
    awake = AwakeTime.open(state.awake(), () -> ground.boot().awake().toNanos());
    undelivered =
        new Undelivered(flags, () -> ground.wall().instant().atZone(zone()), ground.ids());
    var teller =
        new Teller(
            this::zone,
            Language.EN,
            ground.notifier(),
            ledger,
            ground.events(),
            awake::total,
            undelivered);
    codes =
        Codes.open(
            state, ground.enrolment(), ledger, clock::now, awake::total, ground.random(), board);
    cycle =
        new Cycle(
            policies,
            clock,
            ground.scanner(),
            new Judge(
                this::facts,
                exchange::marks,
                ledger,
                names,
                BytePath.parse("/home/zhao.lei/.local/state/quarantine")),
            codes,
            teller,
            new Occasions(teller, ledger, id.value()),
            ground.enforcer(),
            new Prevention(
                prevented.gate(),
                prevented.watch(),
                prevented.bench(),
                ledger,
                ground.events(),
                teller,
                reporter),
            reporter,
            ledger,
            ground.events(),
            30);
    timekeeper = new Timekeeper(clock, state.clock(), awake, reporter);
    guard =
        new Guard(
            clock,
            cycle,
            exchange,
            reporter,
            ground.events(),
            board,
            timekeeper,
            new Leap(ledger),
            new Pulse(System::nanoTime),
            ground.interval());
    answering = new Answering(board, ledger, names, clock::now, ground.ids());
  }

  private TrustedClock clock(TrustedClock.@Nullable Mark mark) {
    var issued = policies.issued();
    var beginning = issued == null ? Instant.EPOCH : issued;
    return new TrustedClock(ground.boot(), ground.wall(), mark, beginning);
  }

  private ZoneId zone() {
    return ground.zone().get();
  }

  private DeviceFacts facts() {
    return new DeviceFacts(
        ground.enrolment().device().value(), OperatingSystem.LINUX, zone(), ground.groups().get());
  }

  /// The exchange with which a guard begins.
  public void begin() throws IOException {
    guard.exchange();
  }

  /// One turn of the resident loop.
  ///
  /// @return how long the guard would sleep now
  public Duration turn() throws IOException {
    var contacts = !begun || guard.contacts();
    begun = true;
    if (contacts && found) {
      guard.exchange();
    }
    var standing = contacts ? guard.once() : guard.alone();
    found = standing.judged().stream().anyMatch(one -> !one.findings().isEmpty());
    return guard.untilNext(standing);
  }

  /// What the guard does now and then while it sleeps.
  public void keep() throws IOException {
    timekeeper.keep();
  }

  /// The policy that is in force here.
  public TrustedPolicy policy() {
    return policies.current(clock.now());
  }

  /// Somebody answers; nothing is answered before the first turn.
  public Json.Obj answer(String verb, RuleId rule, String user, Map<String, String> with)
      throws IOException {
    board.refresh();
    return (Json.Obj) answering.answer(new Question(verb, rule.value(), with), user);
  }

  /// Gives back what it holds open; writes nothing.
  @Override
  public void close() throws IOException {
    ledger.close();
  }
}
