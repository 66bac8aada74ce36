package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.OsFamily;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.BusyException;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose writer has more to do than it can.
class SheddingIT {
  private static final int ENOUGH = 4_500;

  @TempDir Path folder;
  private TestingServer server;
  private final SimulatedDevice device = new SimulatedDevice("ws-1", OsFamily.LINUX);
  private final CountDownLatch stuck = new CountDownLatch(1);

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer(folder);
    server.send(device.enrol(server.token(), null, server.clock.instant()));
    var now = server.clock.instant();
    var body = device.report(new Coverage(now, true, List.of()), now);
    var answer = server.send(device.signedReport(body, now));
    assertEquals(204, answer.statusCode());
    var next = Integer.parseInt(answer.headers().firstValue(Headers.NEXT_CONTACT).orElse("0"));
    assertTrue(next >= 450 && next < 1350, "next " + next);
    server.clock.move(Duration.ofMinutes(15));
  }

  @AfterEach
  void stop() {
    stuck.countDown();
    server.close();
  }

  private void waitForIt() {
    try {
      stuck.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void reports_are_sent_away_before_they_are_read_and_heartbeats_are_not() throws Exception {
    var database = server.server.parts().database();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < ENOUGH; i++) {
        var _ =
            threads.submit(() -> {
              try {
                database.write(_ -> {
                  waitForIt();
                  return 0;
                });
              } catch (BusyException e) {
                // Enough of them wait.
              }
            });
      }
      while (!database.crowded()) {
        Thread.onSpinWait();
      }
      // Nothing of it was looked at: it is signed by nobody and no JSON.
      var away =
          server.send(
              server
                  .device(Routes.REPORTS)
                  .POST(HttpRequest.BodyPublishers.ofString("no report"))
                  .build());
      assertEquals(503, away.statusCode());
      var later = Integer.parseInt(away.headers().firstValue("Retry-After").orElse("0"));
      assertTrue(later >= 450 && later < 1350, "later " + later);
      var beat = new Heartbeat(String.valueOf(device.lastHash()), "").write();
      var now = server.clock.instant();
      assertEquals(204, server.send(device.signed(Routes.HEARTBEAT, beat, 1, now)).statusCode());
      stuck.countDown();
    }
    var refused =
        server.send(
            server
                .device(Routes.REPORTS)
                .POST(HttpRequest.BodyPublishers.ofString("no report"))
                .build());
    assertEquals(401, refused.statusCode());
  }

  @Test
  void a_heartbeat_is_bounded_before_it_is_parsed() throws Exception {
    var now = server.clock.instant();
    var huge = new byte[Heartbeat.MOST_BYTES + 1];
    assertEquals(413, server.send(device.signed(Routes.HEARTBEAT, huge, 1, now)).statusCode());
    var none = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertEquals(422, server.send(device.signed(Routes.HEARTBEAT, none, 1, now)).statusCode());
    var other = new Heartbeat("0".repeat(64), "").write();
    assertEquals(412, server.send(device.signed(Routes.HEARTBEAT, other, 1, now)).statusCode());
    var stranger = new SimulatedDevice("ws-2", OsFamily.LINUX);
    assertEquals(401, server.send(stranger.signed(Routes.HEARTBEAT, other, 1, now)).statusCode());
  }
}
