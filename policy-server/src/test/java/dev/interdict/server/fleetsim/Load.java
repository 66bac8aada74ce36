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
    /// The date comes while machines check in: every machine that has the tool changes.
    HERD,
    /// The server is killed for an hour of simulated time, and started again.
    OUTAGE,
    /// Three times as many requests as are taken in `CHANGED`; who is refused comes again at once.
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

  @Option(names = "--seed", description = "Another fleet (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

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
    System.exit(
        new CommandLine(new Load()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var place =
        folder.toString().isEmpty()
            ? Files.createTempDirectory("interdict-load")
            : Files.createDirectories(folder);
    var limits = new Limits(place, RULES.size() + 1);
    var server = place.resolve("server");
    var options = new ArrayList<>(TestingDatabase.initOptions(server));
    options.addAll(init);
    ServerProcess.init(server, options);
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var fleet = fleet(now);
    System.err.printf("filling the database with %,d devices%n", devices);
    try (var database = TestingDatabase.open(server)) {
      var tokens = Stock.tokens(database, fleet.company());
      Stock.fill(
          database, fleet.company(), fleet.hours(), fleet.keys(), fleet.roster(), tokens, _ -> now);
    }
    limits.print();
    return new Scenarios(fleet, server, settings()).play(scenario);
  }

  private Scenarios.Settings settings() {
    return new Scenarios.Settings(
        seconds,
        warmUp,
        factor,
        new OpenLoop.Habits(!newConnections, scenario == Scenario.OVERLOAD, most));
  }

  private LoadedFleet fleet(Instant now) {
    var date = now.plusSeconds((long) factor * (warmUp + 2));
    var effective = scenario == Scenario.HERD ? date : now.plus(Duration.ofDays(20));
    var ban =
        new Ban("claude-code", new PolicyVersion(0, 1), now, effective, Duration.ofSeconds(1));
    var restless = scenario == Scenario.CHANGED || scenario == Scenario.OVERLOAD;
    var company = new Company(new Draw(seed), devices, 0, now, interval, ban, RULES, restless);
    var outage = date.plusSeconds((long) factor * seconds);
    var hours =
        new Hours(
            company,
            true,
            scenario == Scenario.OUTAGE
                ? List.of(new Hours.Outage(outage, outage.plus(Duration.ofHours(1))))
                : List.of());
    return new LoadedFleet(company, hours, new Keys(company), new Roster(devices));
  }
}
