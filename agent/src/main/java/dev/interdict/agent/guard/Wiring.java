package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.notice.FirstShown;
import dev.interdict.agent.notice.Notifier;
import dev.interdict.agent.platform.TerminalColour;
import dev.interdict.agent.platform.linux.privilege.Confinement;
import dev.interdict.agent.platform.linux.session.DesktopNotifier;
import dev.interdict.agent.platform.linux.session.NoticeFlags;
import dev.interdict.agent.platform.linux.session.PrintedNotifier;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.linux.session.TerminalsNotifier;
import dev.interdict.agent.platform.macos.session.MacNotifier;
import dev.interdict.agent.platform.session.Beside;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.agent.platform.windows.session.WindowsNotifier;
import dev.interdict.agent.policy.PolicyKeeper;
import dev.interdict.agent.report.Looks;
import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.state.ClockFile;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.Obstacles;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.sync.Stage;
import dev.interdict.agent.time.AwakeTime;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.DeviceFacts;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Puts the guard together from its options and its folder.
final class Wiring implements AutoCloseable {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Duration SCAN_LIMIT = Duration.ofMinutes(10);

  /// Beyond all that the worker bounds by itself, so that it can still say what was too slow.
  private static final Duration SYNC_LIMIT = Duration.ofSeconds(120);

  private static final Duration NOTICE_LIMIT = Duration.ofSeconds(10);
  private static final int SCAN_MEGABYTES = 192;
  private static final int WORKER_MEGABYTES = 64;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Guard guard;

  private Wiring(GuardOptions options, StateDirectory state, Pulse pulse) throws IOException {
    Obstacles.clear(state);
    var enrolment = Enrolment.load(state);
    if (enrolment == null) {
      throw new IOException(
          "this device is not enrolled ("
              + state.enrolment()
              + " is missing); run: interdict-agent enrol --help");
    }
    var self = SelfLaunch.ofThisProcess();
    var confinement = ThisSystem.confinement(self.line(WORKER_MEGABYTES, List.of()));
    var trouble = new LastTrouble(InstantSource.system());
    var events = events(options, trouble);
    var ledger = opened(Ledger.open(state.path()));
    var outbox = Outbox.open(state.outbox());
    var policies = PolicyKeeper.open(state.trust(), enrolment.device());
    var mark = ClockFile.load(state.clock());
    var issued = policies.issued();
    var beginning = issued == null ? Instant.EPOCH : issued;
    var bootClock = BootClocks.ofThisSystem();
    var clock = new TrustedClock(bootClock, InstantSource.system(), mark, beginning);
    var names = new Pseudonyms(enrolment.pseudonymKey());
    var awake = AwakeTime.open(state.awake(), System::nanoTime);
    Supplier<DeviceFacts> device =
        () ->
            new DeviceFacts(
                enrolment.device().value(),
                ThisDevice.system(),
                ThisDevice.zone(),
                enrolment.groups());
    // All that may refuse the start comes before the quarantine, whose journal is locked from then
    // on.
    var random = new SecureRandom();
    var sync = self.command(WORKER_MEGABYTES, List.of("sync"), SYNC_LIMIT);
    var carrier = new SyncProcess(confinement.sync(sync), new Stage(state.trust(), state.stage()));
    var looks = Looks.open(state.looks());
    var board = new Board();
    var codes = Codes.open(state, enrolment, ledger, clock::now, awake::total, random, board);
    var exchange =
        new Exchange(state, enrolment, policies, outbox, clock, carrier, events, looks, random);
    var system = opened(ThisSystem.open(options.root(), state.quarantine(), RETENTION, clock::now));
    system.missing().forEach(line -> System.err.println("interdict-agent guard: " + line));
    var bench = system.bench();
    // What a crash interrupted is finished before anything else happens.
    bench.at(hands -> hands.purge(clock.now()));
    var reporter =
        new Reporter(
            ThisDevice.describe(enrolment.device()),
            ThisDevice.AGENT_VERSION,
            names,
            ledger,
            outbox,
            mark == null ? Instant.EPOCH : mark.floor());
    var undelivered =
        new Undelivered(
            flags(state), () -> ZonedDateTime.now(ThisDevice.zone()), ids("n-", random));
    var place = path(options.root().toRealPath());
    var gate = opened(system.launches().gate(board::wake));
    var watch = opened(system.launches().watch(place, board::wake));
    var teller =
        new Teller(
            ThisDevice::zone,
            options.language(),
            notifier(options, state, self, clock),
            ledger,
            events,
            awake::total,
            undelivered);
    var cycle =
        new Cycle(
            policies,
            clock,
            scanner(options, state, self, confinement),
            new Judge(
                device, exchange::marks, ledger, names, below(options.root(), state.quarantine())),
            codes,
            teller,
            new Occasions(teller, ledger, enrolment.device().value()),
            system
                .installers()
                .apply(
                    new Removing(
                        bench,
                        system.processes(),
                        place,
                        path(state.quarantine().toRealPath()),
                        Survivors.open(state.survivors(), bootClock.bootId()))),
            new Prevention(gate, watch, bench, ledger, events, teller, reporter),
            reporter,
            ledger,
            events,
            (int) RETENTION.toDays());
    var all = Set.copyOf(List.of("root", System.getProperty("user.name")));
    var desk =
        new Desk(
            board,
            bench,
            new Answering(board, ledger, names, clock::now, ids("R-", random)),
            codes,
            new Reception(undelivered, ledger, names, clock::now, awake::total),
            new Disclosure(outbox, looks, names, board),
            new Checkup(board, clock, state, trouble, confinement.weaknesses()),
            all);
    opened(LocalSocket.open(state.socket(), desk));
    this.guard =
        new Guard(
            clock,
            cycle,
            exchange,
            reporter,
            events,
            board,
            new Timekeeper(clock, state.clock(), awake, reporter),
            new Leap(ledger),
            pulse,
            options.interval());
  }

  /// The parts, wired.
  ///
  /// @throws IOException if the device is not enrolled, or a part of its state cannot be used
  ///
  /// @param pulse hears how the loop goes on
  static Wiring of(GuardOptions options, StateDirectory state, Pulse pulse) throws IOException {
    return new Wiring(options, state, pulse);
  }

  Guard guard() {
    return guard;
  }

  /// Names that nobody guesses, of letters and digits.
  private static Supplier<String> ids(String prefix, SecureRandom random) {
    return () -> {
      var bytes = new byte[5];
      random.nextBytes(bytes);
      return prefix + HexFormat.of().formatHex(bytes);
    };
  }

  private static Scanner scanner(
      GuardOptions options, StateDirectory state, SelfLaunch self, Confinement confinement)
      throws IOException {
    var memory = confinement.folderOfScan(state.scanFolder()).resolve("memory");
    var role =
        List.of(
            "scan",
            "--root",
            options.root().toString(),
            "--output",
            "frame",
            "--memory",
            memory.toString());
    var thorough = new ArrayList<>(role);
    thorough.add("--digests");
    return new ScanProcess(
        confinement.scan(self.command(SCAN_MEGABYTES, role, SCAN_LIMIT)),
        confinement.scan(self.command(SCAN_MEGABYTES, thorough, SCAN_LIMIT)));
  }

  private static Events events(GuardOptions options, LastTrouble trouble) {
    var log = new EventLog();
    var file = options.events() == null ? null : new EventFile(options.events());
    return event -> {
      trouble.on(event);
      log.on(event);
      if (file != null) {
        file.on(event);
      }
    };
  }

  /// Shells see them, which there are none of on Windows.
  private static Undelivered.Flags flags(StateDirectory state) {
    return ThisDevice.system() == OperatingSystem.WINDOWS
        ? _ -> {}
        : new NoticeFlags(state.noticeFlags())::keep;
  }

  private Notifier notifier(
      GuardOptions options, StateDirectory state, SelfLaunch self, TrustedClock clock) {
    var worker = self.line(WORKER_MEGABYTES, List.of("notify"));
    var surroundings = Surroundings.ofThisProcess(System.getenv());
    var workers = opened(new Workers(NOTICE_LIMIT, clock::now));
    var channels = new ArrayList<Notifier>();
    if (options.desktop()) {
      channels.add(
          switch (ThisDevice.system()) {
            case LINUX ->
                new Beside(
                    new DesktopNotifier(worker, surroundings, state.socket(), workers),
                    new TerminalsNotifier(worker, surroundings, state.socket(), workers));
            case MACOS -> new MacNotifier(worker, state.socket(), workers);
            case WINDOWS ->
                new WindowsNotifier(
                    System.getProperty("user.name"), worker, state.socket(), workers, clock::now);
          });
    }
    if (options.terminal()) {
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      var colour =
          TerminalColour.permitted(
              System.console() != null && System.console().isTerminal(), System.getenv());
      channels.add(
          new PrintedNotifier(
              worker, surroundings, state.socket(), workers, out, colour, clock::now));
    }
    return new FirstShown(channels.toArray(Notifier[]::new));
  }

  /// The quarantine as the scan would name it. Where it lies outside of the inspected root the scan
  /// sees nothing of it, and the name is one that no file has.
  private static BytePath below(Path root, Path quarantine) throws IOException {
    var whole = path(quarantine.toRealPath());
    var inspected = path(root.toRealPath());
    return whole.startsWith(inspected) ? whole.relativeTo(inspected) : whole;
  }

  private static BytePath path(Path real) {
    var path = BytePath.ROOT;
    for (var component : real) {
      path = path.resolve(component.toString().getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() throws IOException {
    for (var part : open) {
      try {
        part.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("cannot close a part of the guard: " + e.getMessage(), e);
      }
    }
  }
}
