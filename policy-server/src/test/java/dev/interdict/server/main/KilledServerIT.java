package dev.interdict.server.main;

import dev.interdict.server.store.TestingDatabase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DeviceFilter;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.wire.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerIT {
  private static final int DEVICES = 8;
  private static final int ENOUGH = 400;

  @TempDir Path folder;

  @Test
  void every_acknowledged_report_survives_kill_9() throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TestingDatabase.javaOptions(folder));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledServer.class.getName(),
            folder.toString()));
    var process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var acknowledged = new ArrayList<AtomicLong>();
    var devices = new ArrayList<SimulatedDevice>();
    try (var out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var client = HttpClient.newHttpClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var port = Integer.parseInt(String.valueOf(out.readLine()));
      var secret = String.valueOf(out.readLine());
      var total = new AtomicLong();
      for (var i = 0; i < DEVICES; i++) {
        var device = new SimulatedDevice("ws-" + i, OsFamily.LINUX);
        var last = new AtomicLong();
        devices.add(device);
        acknowledged.add(last);
        assertEquals(201, send(client, port, device.enrol(secret, null, Instant.now())));
        var _ = threads.submit(() -> reportUntilKilled(client, port, device, last, total));
      }
      while (total.get() < ENOUGH && process.isAlive()) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
    } finally {
      process.destroyForcibly();
    }
    check(devices, acknowledged);
  }

  private static void reportUntilKilled(
      HttpClient client, int port, SimulatedDevice device, AtomicLong last, AtomicLong total) {
    var has =
        new ReportedRule("claude-code", RuleState.FAILED, null, null, null, List.of(), List.of());
    try {
      while (true) {
        var now = Instant.now();
        var body = device.report(new Coverage(now, true, List.of()), now, has);
        if (send(client, port, device.signedReport(body, now)) != 204) {
          return;
        }
        last.set(device.sequence());
        total.incrementAndGet();
      }
    } catch (IOException e) {
      // Killed: what was under way is not acknowledged.
    }
  }

  private static int send(HttpClient client, int port, SignedRequest request) throws IOException {
    var message =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request.parts().path()))
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

  private void check(List<SimulatedDevice> devices, List<AtomicLong> acknowledged) {
    var config = TestingDatabase.config(folder);
    try (var parts = Parts.open(config, new SecureRandom(), InstantSource.system())) {
      for (var i = 0; i < DEVICES; i++) {
        var detail = parts.compliance().device(devices.get(i).id());
        assertNotNull(detail);
        assertTrue(detail.contact().sequence() >= acknowledged.get(i).get());
        assertEquals(0, detail.contact().lost());
      }
      var counts = parts.compliance().overview("claude-code").counts();
      assertEquals(DEVICES, counts.get(Status.FAILED));
      assertEquals(DEVICES, parts.compliance().devices(DeviceFilter.ALL, null, 10).total());
      long stored =
          parts
              .database()
              .read(handle ->
                  handle.createQuery("select count(*) from report").mapTo(Long.class).one());
      assertTrue(stored >= acknowledged.stream().mapToLong(AtomicLong::get).sum());
    }
  }
}
