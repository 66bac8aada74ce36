package dev.interdict.server.access;

import dev.interdict.server.main.TestingServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Test 80, measured: how long somebody with a right token waits, alone and while others flood the
/// server with wrong ones from the same address. A program, since a figure is no assertion.
///
/// Arguments: seconds for each of the two parts (default 20), threads that flood (default 8).
public final class T80FloodBench {
  private T80FloodBench() {}

  public static void main(String[] arguments) throws Exception {
    var seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    var threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    var folder = Files.createTempDirectory("flood");
    try (var server = new TestingServer(Path.of(folder.toString()));
        var client = HttpClient.newHttpClient()) {
      server.admin("ada");
      var secret =
          server
              .server
              .parts()
              .apiTokens()
              .create(
                  "ada",
                  "ada",
                  "robot",
                  java.util.Set.of(Role.VIEWER),
                  dev.interdict.server.scope.Scope.WHOLE,
                  java.time.Duration.ofDays(1));
      var right =
          server.admins("/api/v1/rules").header("Authorization", "Bearer " + secret).build();
      ask(client, right, 3);
      var alone = ask(client, right, seconds);
      var stop = new AtomicBoolean();
      var sent = new AtomicLong();
      var ready = new CountDownLatch(threads);
      for (var i = 0; i < threads; i++) {
        Thread.ofPlatform().daemon().start(() -> flood(server, stop, sent, ready));
      }
      ready.await();
      var before = sent.get();
      var flooded = ask(client, right, seconds);
      var rate = (sent.get() - before) / (double) seconds;
      stop.set(true);
      System.out.printf("alone:   p50 %.2f ms, p99 %.2f ms%n", part(alone, 50), part(alone, 99));
      System.out.printf(
          "flooded: p50 %.2f ms, p99 %.2f ms, by %.0f wrong tokens a second%n",
          part(flooded, 50), part(flooded, 99), rate);
      System.out.printf("p99 is %.2f times as long%n", part(flooded, 99) / part(alone, 99));
    }
  }

  /// Asks twenty times a second; nanoseconds each, sorted.
  private static long[] ask(HttpClient client, HttpRequest request, int seconds) throws Exception {
    var times = new long[seconds * 20];
    for (var i = 0; i < times.length; i++) {
      var begun = System.nanoTime();
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      times[i] = System.nanoTime() - begun;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("answered " + answer.statusCode());
      }
      Thread.sleep(Math.max(0, 50 - times[i] / 1_000_000));
    }
    Arrays.sort(times);
    return times;
  }

  private static double part(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  private static void flood(
      TestingServer server, AtomicBoolean stop, AtomicLong sent, CountDownLatch ready) {
    try (var client = HttpClient.newHttpClient()) {
      var wrong =
          server
              .admins("/api/v1/rules")
              .header("Authorization", "Bearer interdict_" + "x".repeat(43))
              .build();
      ready.countDown();
      while (!stop.get()) {
        client.send(wrong, HttpResponse.BodyHandlers.discarding());
        sent.incrementAndGet();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
