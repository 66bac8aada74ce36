package dev.interdict.server.fleetsim;

import dev.interdict.report.PolicyVersion;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Plays load against a server in a process of its own, and measures the limits of this machine in
/// the same run: only the ratios can be compared with another run.
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = "Plays a simulated fleet against a real server and measures it.",
    footer = {
      "",
      "Examples:",
      "  load --devices 100000 --interval PT90S        as many requests as a million in 15 minutes",
      "  load --scenario changed --most 64             every report changed, as fast as it goes",
      "  load --scenario outage --factor 60            an hour without a server, in a minute",
      "  load --scenario herd --factor 30              everybody removes, from the date on",
      "",
      "Exit codes: 0 measured, 1 a request failed in a way that is not allowed."
    })
public final class Load implements Callable<Integer> {
  private static final List<String> RULES =
      List.of("claude-desktop", "cursor", "opencode", "aider");

  /// What is played.
  enum Scenario {
    /// Machines check in; little changes.
    STEADY,
    /// Something changes with every check-in.
    CHANGED,
    /// The date comes while machines check in, and every machine removes the tool.
    HERD,
    /// The server is killed for an hour of simulated time, which machines find out by failing.
    OUTAGE,
    /// As much as the server takes, then three times as much; something changes with each.
    OVERLOAD
  }

  @Option(names = "--devices", description = "How many (default: ${DEFAULT-VALUE}).")
  private int devices = 20_000;

  @Option(names = "--interval", description = "Between check-ins (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ofMinutes(15);

  @Option(names = "--seconds", description = "Of measured load (default: ${DEFAULT-VALUE}).")
  private int seconds = 15;

  @Option(names = "--warm-up", description = "Seconds before (default: ${DEFAULT-VALUE}).")
  private int warmUp = 8;

  @Option(names = "--factor", description = "How much faster time goes (default: 1).")
  private int factor = 1;

  @Option(names = "--most", description = "Open requests (default: ${DEFAULT-VALUE}).")
  private int most = 512;

  @Option(
      names = "--limits",
      description = "How long each limit of the machine is measured (default: ${DEFAULT-VALUE}).")
  private Duration limit = Duration.ofSeconds(4);

  @Option(names = "--seed", description = "Another fleet (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(names = "--tls", description = "The server ends TLS itself (ECDSA).")
  private boolean tls;

  @Option(names = "--new-connections", description = "A connection for each request.")
  private boolean newConnections;

  @Option(names = "--scenario", description = "${COMPLETION-CANDIDATES} (default: STEADY).")
  private Scenario scenario = Scenario.STEADY;

  @Option(
      names = "--init",
      description = "A further option of interdict-server init, such as which database to keep.")
  private List<String> init = new ArrayList<>();

  @Option(names = "--folder", description = "To work in; it is made (default: a temporary one).")
  private Path folder = Path.of("");

  /// @param arguments as `--help` tells
  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  /// Returns the exit code.
  static int run(String... arguments) {
    return new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var place =
        folder.toString().isEmpty()
            ? Files.createTempDirectory("interdict-load")
            : Files.createDirectories(folder);
    var server = place.resolve("server");
    var options = new ArrayList<>(TestingDatabase.initOptions(server));
    options.addAll(init);
    ServerProcess.init(server, options);
    var every = Math.max(1, interval.toSeconds() / factor);
    ServerProcess.set(server, "reports: {check-in-every: PT%dS}".formatted(every));
    var believed = tls ? Certificate.make(server) : null;
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var fleet = fleet(now);
    System.err.printf("filling the database with %,d devices%n", devices);
    try (var database = TestingDatabase.open(server)) {
      var tokens = Stock.tokens(database, fleet.company());
      Stock.fill(
          database, fleet.company(), fleet.hours(), fleet.keys(), fleet.roster(), tokens, _ -> now);
    }
    if (!limit.isZero()) {
      new Limits(place, RULES.size() + 1, limit).print();
    }
    var habits = new OpenLoop.Habits(believed, !newConnections, most);
    var settings = new Scenarios.Settings(seconds, warmUp, factor, habits);
    return new Scenarios(fleet, server, settings, TestingDatabase::processes).play(scenario);
  }

  private LoadedFleet fleet(Instant now) {
    var date = now.plusSeconds((long) factor * (warmUp + seconds));
    var effective = scenario == Scenario.HERD ? date : now.plus(Duration.ofDays(20));
    // Everybody was told long ago.
    var begins = now.minus(Duration.ofDays(1));
    var ban =
        new Ban("claude-code", new PolicyVersion(0, 1), begins, effective, Duration.ofSeconds(1));
    var temper =
        switch (scenario) {
          case CHANGED, OVERLOAD -> Temper.RESTLESS;
          case HERD -> Temper.AT_ONCE;
          case STEADY, OUTAGE -> Temper.NATURAL;
        };
    var company = new Company(new Draw(seed), devices, 0, begins, interval, ban, RULES, temper);
    return new LoadedFleet(company, new Keys(company), new Roster(devices), now);
  }
}
