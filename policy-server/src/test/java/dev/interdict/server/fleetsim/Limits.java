package dev.interdict.server.fleetsim;

import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// What this machine can do at most just now: nginx with the same client, the database without a
/// server.
final class Limits {
  private static final int CLIENTS = 32;

  private final Path folder;
  private final int rules;
  private final Duration time;

  /// @param rules that a report tells of
  /// @param time for each limit
  Limits(Path folder, int rules, Duration time) {
    this.time = time;
    this.folder = folder;
    this.rules = rules;
  }

  void print() throws IOException, InterruptedException {
    var raw = Files.createDirectories(folder.resolve("raw"));
    try (var database = TestingDatabase.open(raw)) {
      System.out.printf(
          "limit: raw upserts          %,8.0f reports/s%n",
          RawUpserts.measure(database, rules, time));
    }
    if (Nginx.installed()) {
      nginx();
    } else {
      System.out.println("limit: nginx                not measured: nginx is not installed");
    }
  }

  private void nginx() throws IOException, InterruptedException {
    try (var nginx = Nginx.start(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var count = new LongAdder();
      var before = Meter.read(nginx.pids());
      var end = System.nanoTime() + time.toNanos();
      for (var client = 0; client < CLIENTS; client++) {
        var source = client;
        var _ =
            threads.submit(() -> {
              try (var line = new Line(nginx.address(), null, source, Duration.ofSeconds(5))) {
                while (System.nanoTime() < end) {
                  line.exchange(Nginx.GET);
                  count.increment();
                }
              }
              return null;
            });
      }
      Thread.sleep(time);
      var used = Meter.read(nginx.pids()).since(before);
      System.out.printf(
          "limit: nginx, a static file %,8.0f requests/s, %.3f ms CPU each (generator %.1f s,"
              + " others %.1f s CPU)%n",
          count.sum() / (time.toMillis() / 1000.0),
          used.server() * 1000 / count.sum(),
          used.own(),
          used.others());
    }
  }
}
