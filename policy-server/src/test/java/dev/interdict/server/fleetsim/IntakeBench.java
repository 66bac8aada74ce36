package dev.interdict.server.fleetsim;

import com.sun.management.OperatingSystemMXBean;
import dev.interdict.report.PolicyVersion;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Contacts;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.fleet.UnprovenIntake;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.wire.Headers;
import dev.interdict.wire.RequestParts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What a changed report costs from its bytes to the disk, without HTTP: `IntakeBench FOLDER
/// DEVICES ROUNDS`. In each round, one after the other so that others on the machine meet all
/// alike: the rows of reports put into the database alone; reports with their signatures proven;
/// reports whose signatures nobody looks at. Requests are made and signed before they are timed.
public final class IntakeBench {
  private static final int AT_ONCE = 256;
  private static final Duration RAW = Duration.ofSeconds(2);
  private static final List<String> RULES =
      List.of("claude-desktop", "cursor", "opencode", "aider");
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Agents agents;
  private final int devices;
  private Instant now;

  private IntakeBench(Agents agents, int devices, Instant now) {
    this.agents = agents;
    this.devices = devices;
    this.now = now;
  }

  /// @param arguments a folder that is made, how many devices, how many rounds
  public static void main(String... arguments) throws IOException, InterruptedException {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var devices = Integer.parseInt(arguments[1]);
    var begins = Instant.now().minus(Duration.ofDays(1));
    var ban =
        new Ban(
            "claude-code",
            new PolicyVersion(0, 1),
            begins,
            begins.plus(Duration.ofDays(20)),
            Duration.ofSeconds(1));
    var interval = Duration.ofSeconds(10);
    var company =
        new Company(new Draw(7), devices, 0, begins, interval, ban, RULES, Temper.RESTLESS);
    var now = Instant.now();
    var fleet = new LoadedFleet(company, new Keys(company), new Roster(devices), now);
    try (var database = TestingDatabase.open(Files.createDirectories(folder.resolve("server")))) {
      var tokens = Stock.tokens(database, company);
      Stock.fill(database, company, fleet.hours(), fleet.keys(), fleet.roster(), tokens, _ -> now);
      var clock = InstantSource.system();
      var audit = new Audit(database, clock);
      var intake = new Intake(database, audit, clock, Holdings.UNHEARD, new Contacts(), _ -> true);
      var unproven = new UnprovenIntake(database, audit, clock);
      var bench = new IntakeBench(fleet.agents(1), devices, now);
      for (var round = 1; round <= Integer.parseInt(arguments[2]); round++) {
        System.out.printf(
            "round %d: raw upserts %,8.0f/s%n", round, raw(folder.resolve("raw-" + round)));
        bench.round("proven", request -> intake.accept(request.signed()));
        bench.round(
            "unproven",
            request -> unproven.accept(fleet.keys().hex(request.machine()), request.call().body()));
      }
    }
  }

  private static double raw(Path folder) throws IOException {
    try (var database = TestingDatabase.open(Files.createDirectories(folder))) {
      return RawUpserts.measure(database, RULES.size() + 1, RAW);
    }
  }

  private record Request(int machine, Call call) {
    SignedRequest signed() {
      var text = new String(call.bytes(), StandardCharsets.ISO_8859_1);
      var lines = text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n");
      var fields = new HashMap<String, String>();
      for (var line : Arrays.asList(lines).subList(1, lines.length)) {
        var colon = line.indexOf(':');
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      return new SignedRequest(
          new RequestParts(
              "POST",
              lines[0].split(" ")[1],
              null,
              fields.getOrDefault(Headers.CONTENT_DIGEST, ""),
              Long.parseLong(fields.getOrDefault(Headers.SEQUENCE, ""))),
          fields.getOrDefault(Headers.SIGNATURE_INPUT, ""),
          fields.getOrDefault(Headers.SIGNATURE, ""),
          call.body());
    }
  }

  /// Every machine reports once.
  private void round(String name, Function<Request, ReportOutcome> accept)
      throws InterruptedException {
    now = now.plus(Duration.ofSeconds(10));
    var requests = new Request[devices];
    for (var machine = 0; machine < devices; machine++) {
      var call = agents.turn(machine, now);
      if (call != null && call.kind() == Call.Kind.REPORT) {
        requests[machine] = new Request(machine, call);
      }
    }
    var taken = new LongAdder();
    var open = new Semaphore(AT_ONCE);
    var begun = System.nanoTime();
    var cpu = SYSTEM.getProcessCpuTime();
    var writer = writer();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var request : requests) {
        if (request != null) {
          open.acquire();
          threads.execute(() -> {
            try {
              taken.add(accept.apply(request) instanceof ReportOutcome.Accepted ? 1 : 0);
            } finally {
              open.release();
            }
          });
        }
      }
    }
    var seconds = (System.nanoTime() - begun) / 1e9;
    var n = Math.max(1, taken.sum());
    System.out.printf(
        "  %-9s %,8.0f/s, %.3f ms CPU each, of which the writer's thread %.3f; %,d of %,d taken%n",
        name,
        n / seconds,
        (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / n,
        (writer() - writer) / 1e6 / n,
        taken.sum(),
        Arrays.stream(requests).filter(request -> request != null).count());
    for (var request : requests) {
      if (request != null) {
        var answer = new Answer(204, 0, 10, true, new byte[0]);
        agents.answered(request.machine(), request.call(), answer, now);
      }
    }
  }

  /// CPU of the threads that write, in nanoseconds.
  private static long writer() {
    var sum = 0L;
    for (var thread : THREADS.dumpAllThreads(false, false)) {
      sum +=
          thread.getThreadName().equals("store-writer")
              ? THREADS.getThreadCpuTime(thread.getThreadId())
              : 0;
    }
    return sum;
  }
}
