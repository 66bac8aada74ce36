package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Plays one scenario against the server of a folder that is filled already, and prints what came
/// of it.
final class Scenarios {
  /// Open requests from which on the server is at its limit without being asked for more than it
  /// can do.
  private static final int SATURATING = 64;

  /// A crowd waits at the server's door, and not at the generator's.
  private static final int CROWD = 8_000;

  private static final InetSocketAddress NOBODY = new InetSocketAddress("127.0.0.1", 1);

  private final LoadedFleet fleet;
  private final Path folder;
  private final Settings settings;
  private final Supplier<List<Long>> database;

  /// @param seconds of measured load, real
  /// @param factor how much faster than real time machines live
  record Settings(int seconds, int warmUp, int factor, OpenLoop.Habits habits) {}

  /// @param database the processes of the database, where it has its own
  Scenarios(LoadedFleet fleet, Path folder, Settings settings, Supplier<List<Long>> database) {
    this.fleet = fleet;
    this.folder = folder;
    this.settings = settings;
    this.database = database;
  }

  /// Returns 0, or 1 if a request failed in a way that is not allowed.
  int play(Load.Scenario scenario) throws IOException, InterruptedException {
    return switch (scenario) {
      case STEADY, CHANGED -> steady(scenario);
      case HERD -> herd();
      case OUTAGE -> outage();
      case OVERLOAD -> overload();
    };
  }

  private OpenLoop.Habits crowd() {
    return settings.habits().with(CROWD);
  }

  private Instant after(long seconds) {
    return fleet.starts().plusSeconds(seconds * settings.factor());
  }

  private int steady(Load.Scenario scenario) throws IOException, InterruptedException {
    var agents = fleet.agents(settings.factor());
    var wheel = fleet.wheel(agents, fleet.starts());
    try (var server = ServerProcess.run(folder);
        var loop = new OpenLoop(agents, wheel, server.devices(), settings.habits())) {
      var pace = Pace.from(fleet.starts(), settings.factor());
      loop.play(pace, after(settings.warmUp()));
      var name = scenario.toString().toLowerCase(Locale.ROOT);
      return measured(name, server, loop, pace, settings.warmUp() + settings.seconds())
                  .unexplained()
              == 0
          ? 0
          : 1;
    }
  }

  /// The date comes after the warm-up and as long a time of steady load.
  private int herd() throws IOException, InterruptedException {
    var agents = fleet.agents(settings.factor());
    var wheel = fleet.wheel(agents, fleet.starts());
    try (var server = ServerProcess.run(folder);
        var loop = new OpenLoop(agents, wheel, server.devices(), crowd())) {
      var pace = Pace.from(fleet.starts(), settings.factor());
      loop.play(pace, after(settings.warmUp()));
      var date = fleet.company().ban().effective();
      var steady = measured("before the date", server, loop, pace, date);
      var interval = fleet.company().interval();
      var failed = steady.unexplained();
      for (var n = 1; n <= 3; n++) {
        var name = "interval %d after the date".formatted(n);
        var tally = measured(name, server, loop, pace, date.plus(interval.multipliedBy(n)));
        failed += tally.unexplained();
        System.out.printf("  %.2f of steady%n", tally.rate() / steady.rate());
      }
      System.out.printf("  %s tell of their removal%n", told());
      return failed == 0 ? 0 : 1;
    }
  }

  private String told() {
    var date = fleet.company().ban().effective();
    var told = 0;
    for (var machine = 0; machine < fleet.company().devices(); machine++) {
      var last = fleet.roster().told(machine);
      told += last != null && last.isAfter(date) ? 1 : 0;
    }
    return "%,d of %,d".formatted(told, fleet.company().devices());
  }

  /// What is taken of three times as much as can be taken: of as many machines as come to that in
  /// the interval that the server was told, if there are so many. With an interval of their own
  /// they would cut short what it asks for.
  private int overload() throws IOException, InterruptedException {
    var agents = fleet.agents(settings.factor());
    var wheel = fleet.wheel(agents, fleet.starts());
    try (var server = ServerProcess.run(folder)) {
      var pace = Pace.from(fleet.starts(), settings.factor());
      Tally most;
      try (var loop =
          new OpenLoop(agents, wheel, server.devices(), settings.habits().with(SATURATING))) {
        loop.play(pace, after(settings.warmUp()));
        most =
            measured(
                "all that is taken", server, loop, pace, settings.warmUp() + settings.seconds());
      }
      var now = pace.now();
      var interval = fleet.company().interval();
      var real = interval.toMillis() / 1000.0 / settings.factor();
      var offering = (int) Math.min(fleet.company().devices(), Math.round(3 * most.rate() * real));
      try (var loop =
          new OpenLoop(agents, fleet.wheel(agents, now, offering), server.devices(), crowd())) {
        // Some intervals in which machines are told when to come again.
        var begun = now.plus(interval.multipliedBy(3));
        loop.play(pace, begun);
        var tally =
            measured(
                "three times as much",
                server,
                loop,
                pace,
                begun.plusSeconds((long) settings.seconds() * settings.factor()));
        System.out.printf(
            "  offered %.2f, taken %.2f of all that is taken%n",
            tally.all() / tally.seconds() / most.rate(), tally.rate() / most.rate());
        return tally.unexplained() == 0 ? 0 : 1;
      }
    }
  }

  private int outage() throws IOException, InterruptedException {
    var agents = fleet.agents(settings.factor());
    var wheel = fleet.wheel(agents, fleet.starts());
    var pace = Pace.from(fleet.starts(), settings.factor());
    Tally steady;
    try (var server = ServerProcess.run(folder);
        var loop = new OpenLoop(agents, wheel, server.devices(), settings.habits())) {
      loop.play(pace, after(settings.warmUp()));
      steady = measured("steady", server, loop, pace, settings.warmUp() + settings.seconds());
      server.kill();
    }
    System.out.println("  killed; an hour of simulated time goes by");
    var back = pace.now().plus(Duration.ofHours(1));
    try (var nobody = new OpenLoop(agents, wheel, NOBODY, settings.habits());
        var starts = Executors.newSingleThreadExecutor()) {
      nobody.play(pace, back);
      // The server takes a while to start, in which machines go on failing.
      var server = starts.submit(() -> ServerProcess.run(folder));
      while (!server.isDone()) {
        nobody.play(pace, pace.now().plusSeconds(settings.factor()));
      }
      return recover(server.get(), agents, wheel, pace, steady);
    } catch (ExecutionException e) {
      throw new IOException("the server did not start again: " + e.getCause(), e);
    }
  }

  private int recover(ServerProcess started, Agents agents, Wheel wheel, Pace pace, Tally steady)
      throws IOException, InterruptedException {
    try (var server = started;
        var loop = new OpenLoop(agents, wheel, server.devices(), settings.habits())) {
      var back = pace.now();
      var peak = 0.0;
      var failed = 0L;
      for (var minute = 1; minute <= 30; minute++) {
        var tally = loop.play(pace, back.plus(Duration.ofMinutes(minute)));
        loop.rest();
        failed += tally.unexplained();
        var share = tally.all() / tally.seconds() / steady.rate();
        peak = Math.max(peak, share);
        if (minute <= 6 || minute % 5 == 0) {
          System.out.printf(
              "  minute %2d after: %.2f of steady, p99 %.0f ms, %s %s%n",
              minute, share, tally.latencies().percentile(0.99), tally.statuses(), tally.kinds());
        }
      }
      System.out.printf("  highest minute: %.2f of steady; failed %,d%n", peak, failed);
      return failed == 0 ? 0 : 1;
    }
  }

  private Tally measured(String name, ServerProcess server, OpenLoop loop, Pace pace, long seconds)
      throws IOException, InterruptedException {
    return measured(name, server, loop, pace, after(seconds));
  }

  private Tally measured(String name, ServerProcess server, OpenLoop loop, Pace pace, Instant until)
      throws IOException, InterruptedException {
    var before = Meter.read(List.of(server.pid()));
    var connected = database.get();
    var stored = Meter.read(connected);
    var tally = loop.play(pace, until);
    loop.rest();
    var used = Meter.read(List.of(server.pid())).since(before);
    print(name, tally, used, Meter.read(connected).since(stored).server());
    return tally;
  }

  private static void print(String name, Tally tally, Meter used, double stored) {
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
        "  server %.3f ms CPU a request, %.2f cores, %,d MiB resident; database %.3f ms CPU a"
            + " request; generator %.2f cores, %,d MiB heap; others %.2f cores%n",
        used.server() * 1000 / Math.max(1, tally.all()),
        used.server() / tally.seconds(),
        used.residentMib(),
        stored * 1000 / Math.max(1, tally.all()),
        used.own() / tally.seconds(),
        heap(),
        Math.max(0, used.others() - stored) / tally.seconds());
  }

  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
