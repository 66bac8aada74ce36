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
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final int CLIENTS = 32;

  private final Path folder;
  private final int rules;

  /// @param rules that a report tells of
  Limits(Path folder, int rules) {
    this.folder = folder;
    this.rules = rules;
  }

  void print() throws IOException, InterruptedException {
    var raw = Files.createDirectories(folder.resolve("raw"));
    try (var database = TestingDatabase.open(raw)) {
      System.out.printf(
          "limit: raw upserts          %,8.0f reports/s%n",
          RawUpserts.measure(database, rules, TIME));
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
      var end = System.nanoTime() + TIME.toNanos();
      for (var client = 0; client < CLIENTS; client++) {
        var source = client;
        var _ =
            threads.submit(() -> {
              try (var line = new Line(nginx.address(), source, Duration.ofSeconds(5))) {
                while (System.nanoTime() < end) {
                  line.exchange(Nginx.GET);
                  count.increment();
                }
              }
              return null;
            });
      }
      Thread.sleep(TIME);
      var used = Meter.read(nginx.pids()).since(before);
      System.out.printf(
          "limit: nginx, a static file %,8.0f requests/s, %.3f ms CPU each (generator %.1f s,"
              + " others %.1f s CPU)%n",
          count.sum() / (double) TIME.toSeconds(),
          used.server() * 1000 / count.sum(),
          used.own(),
          used.others());
    }
  }
}
