package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.Recount;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.wire.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Devices that report without a pause, in turn to all servers there are, and send what was not
/// acknowledged again, as agents do. Each knows how many of its reports were acknowledged.
final class ReportingFleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Integer> ports = new CopyOnWriteArrayList<>();
  private final List<SimulatedDevice> devices = new ArrayList<>();
  private final List<AtomicLong> acknowledged = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// An answer that a report must never get, or 0.
  private final AtomicInteger refused = new AtomicInteger();

  private volatile boolean stopping;

  /// Where servers listen now.
  void at(List<Integer> now) {
    ports.clear();
    ports.addAll(now);
  }

  void start(int number, String secret) throws IOException {
    for (var i = 0; i < number; i++) {
      var device = new SimulatedDevice("ws-" + i, OsFamily.LINUX);
      assertEquals(201, send(ports.getFirst(), device.enrol(secret, null, Instant.now())));
      var last = new AtomicLong();
      devices.add(device);
      acknowledged.add(last);
      var seed = i;
      var _ =
          threads.submit(() -> {
            try {
              reporting(device, last, seed);
            } catch (RuntimeException e) {
              refused.set(-1);
              throw e;
            }
          });
    }
  }

  private void reporting(SimulatedDevice device, AtomicLong last, int seed) {
    for (var n = seed; !stopping; n++) {
      // From state to state, so that every report changes counters.
      var state = n % 2 == 0 ? RuleState.FAILED : RuleState.CLEAR;
      var now = Instant.now();
      var rule = new ReportedRule("claude-code", state, null, null, null, List.of(), List.of());
      var body = device.report(new Coverage(now, true, List.of()), now, rule);
      while (!delivered(device, body)) {
        if (stopping) {
          return;
        }
        pause();
      }
      last.incrementAndGet();
    }
  }

  private boolean delivered(SimulatedDevice device, byte[] body) {
    var here = List.copyOf(ports);
    if (here.isEmpty()) {
      return false;
    }
    var port = here.get(Math.floorMod(turn.getAndIncrement(), here.size()));
    try {
      var status = send(port, device.signedReport(body, Instant.now()));
      if (status != 204 && status < 500) {
        refused.set(status);
      }
      return status == 204;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int send(int port, SignedRequest request) throws IOException {
    var message =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.parts().path()))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
            .header(Headers.CONTENT_DIGEST, request.parts().contentDigest())
            .header(Headers.SEQUENCE, Long.toString(request.parts().sequence()))
            .header(Headers.SIGNATURE_INPUT, request.input())
            .header(Headers.SIGNATURE, request.signature())
            .build();
    try {
      return client.send(message, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  long acknowledged() {
    return acknowledged.stream().mapToLong(AtomicLong::get).sum();
  }

  /// Waits until so many more were acknowledged.
  void more(long reports) {
    var enough = acknowledged() + reports;
    while (acknowledged() < enough) {
      assertEquals(0, refused.get());
      pause();
    }
  }

  /// Stops reporting, and looks what is stored: each device's reports one by one from the first on,
  /// none of those that were acknowledged missing, none counted twice.
  void check(Parts parts) {
    stop();
    assertEquals(0, refused.get());
    var stored = 0L;
    for (var i = 0; i < devices.size(); i++) {
      var id = devices.get(i).id();
      var detail = parts.compliance().device(id);
      assertNotNull(detail);
      assertTrue(detail.contact().sequence() >= acknowledged.get(i).get());
      assertEquals(0, detail.contact().lost());
      long rows =
          parts
              .database()
              .read(handle ->
                  handle
                      .createQuery("select count(*) from report where device_id = :id")
                      .bind("id", id.value())
                      .mapTo(Long.class)
                      .one());
      assertEquals(detail.contact().sequence(), rows);
      stored += rows;
    }
    // One at most was under way of each.
    assertTrue(stored - acknowledged() <= devices.size(), () -> "acknowledged " + acknowledged());
    assertEquals(List.of(), Recount.differences(parts.database()));
  }

  private void stop() {
    stopping = true;
    threads.close();
  }

  @Override
  public void close() {
    stop();
    client.close();
  }
}
