package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Plays one scenario against the server of a folder that is filled already, and prints what came
/// of it.
final class Scenarios {
  private final LoadedFleet fleet;
  private final Path folder;
  private final Settings settings;

  /// @param seconds of measured load, real
  /// @param factor how much faster than real time machines live
  record Settings(int seconds, int warmUp, int factor, OpenLoop.Habits habits) {}

  Scenarios(LoadedFleet fleet, Path folder, Settings settings) {
    this.fleet = fleet;
    this.folder = folder;
    this.settings = settings;
  }

  /// Returns 0, or 1 if a request failed in a way that is not allowed.
  int play(Load.Scenario scenario) throws IOException, InterruptedException {
    var agents =
        new Agents(fleet.company(), fleet.hours(), fleet.keys(), fleet.roster(), List.of());
    var begins = fleet.company().begins();
    var wheel = new Wheel(fleet.company().machines(), begins, Duration.ofMillis(10), 1 << 17);
    for (var machine = 0; machine < fleet.company().devices(); machine++) {
      wheel.schedule(machine, agents.first(machine));
    }
    try (var server = ServerProcess.run(folder);
        var loop = new OpenLoop(agents, wheel, server.devices(), settings.habits())) {
      var pace = Pace.from(begins, settings.factor());
      loop.play(pace, after(begins, settings.warmUp()));
      var before = Meter.read(List.of(server.pid()));
      var steady = loop.play(pace, after(begins, settings.warmUp() + settings.seconds()));
      var used = Meter.read(List.of(server.pid())).since(before);
      print(scenario.toString().toLowerCase(java.util.Locale.ROOT), steady, used);
      if (scenario != Load.Scenario.OUTAGE) {
        return steady.unexplained() == 0 ? 0 : 1;
      }
      server.kill();
      return recover(agents, wheel, pace, steady);
    }
  }

  private Instant after(Instant begins, long seconds) {
    return begins.plusSeconds(seconds * settings.factor());
  }

  private int recover(Agents agents, Wheel wheel, Pace pace, Tally steady)
      throws IOException, InterruptedException {
    var outage = fleet.hours().outages().getFirst();
    System.out.println("  killed; an hour of simulated time goes by");
    try (var nobody =
        new OpenLoop(
            agents, wheel, new java.net.InetSocketAddress("127.0.0.1", 1), settings.habits())) {
      nobody.play(pace, outage.until().minusSeconds(3L * settings.factor()));
    }
    try (var server = ServerProcess.run(folder);
        var loop = new OpenLoop(agents, wheel, server.devices(), settings.habits())) {
      loop.play(pace, outage.until());
      var peaks = 0.0;
      var failed = 0L;
      for (var minute = 1; minute <= 30; minute++) {
        var tally = loop.play(pace, outage.until().plus(Duration.ofMinutes(minute)));
        failed += tally.unexplained();
        peaks = Math.max(peaks, tally.all() / tally.seconds() / steady.rate());
        if (minute <= 6 || minute % 5 == 0) {
          System.out.printf(
              "  minute %2d after: %.2f of steady, p99 %.0f ms, %s%n",
              minute,
              tally.all() / tally.seconds() / steady.rate(),
              tally.latencies().percentile(0.99),
              tally.statuses());
        }
      }
      System.out.printf("  highest minute: %.2f of steady; failed %,d%n", peaks, failed);
      return failed == 0 ? 0 : 1;
    }
  }

  private void print(String name, Tally tally, Meter used) {
    System.out.printf(
        "%s: %,.0f good answers/s of %,.0f, p50 %.1f p95 %.1f p99 %.1f ms; peak second %,d; %s"
            + " %s%n",
        name,
        tally.rate(),
        tally.all() / tally.seconds(),
        tally.latencies().percentile(0.5),
        tally.latencies().percentile(0.95),
        tally.latencies().percentile(0.99),
        tally.peak(),
        tally.statuses(),
        tally.kinds());
    System.out.printf(
        "  server %.3f ms CPU a request, %.2f cores, %,d MiB resident; generator %.2f cores, %,d"
            + " MiB heap; others %.2f cores%n",
        used.server() * 1000 / Math.max(1, tally.all()),
        used.server() / tally.seconds(),
        used.residentMib(),
        used.own() / tally.seconds(),
        heap(),
        used.others() / tally.seconds());
  }

  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
