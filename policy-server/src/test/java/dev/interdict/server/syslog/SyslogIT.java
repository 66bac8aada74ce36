package dev.interdict.server.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Events;
import dev.interdict.server.events.Follower;
import dev.interdict.server.events.Links;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real collector, rsyslog, over TLS.
class SyslogIT {
  private static final Path RSYSLOG = Path.of("/usr/sbin/rsyslogd");
  private static final Path GTLS = Path.of("/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so");

  @TempDir Path folder;
  private @Nullable Process collector;

  @AfterEach
  void stop() throws InterruptedException {
    if (collector != null) {
      collector.destroyForcibly().waitFor();
    }
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private void certificate() throws Exception {
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        folder.resolve("cert.pem").toString());
  }

  private static int free() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Path got() {
    return folder.resolve("got.log");
  }

  private void collect(int port) throws Exception {
    var config =
        Files.writeString(
            folder.resolve("rsyslog.conf"),
            """
            global(workDirectory="%1$s" defaultNetstreamDriver="gtls"
              defaultNetstreamDriverCAFile="%1$s/cert.pem"
              defaultNetstreamDriverCertFile="%1$s/cert.pem"
              defaultNetstreamDriverKeyFile="%1$s/key.pem" maxMessageSize="64k")
            module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
              streamDriver.authMode="anon")
            template(name="whole" type="string"
              string="%%pri%%|%%protocol-version%%|%%app-name%%|%%msgid%%|%%msg%%\\n")
            input(type="imtcp" port="%2$d" address="127.0.0.1")
            action(type="omfile" file="%1$s/got.log" template="whole")
            """
                .formatted(folder, port));
    collector =
        new ProcessBuilder(RSYSLOG.toString(), "-n", "-iNONE", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.out").toFile())
            .start();
  }

  private List<String> lines() {
    try {
      return Files.exists(got()) ? Files.readAllLines(got()) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertTrue(condition.getAsBoolean(), "did not come to pass");
  }

  private static void happens(Database database, String host) {
    database.write(connection -> {
      Events.add(
          connection,
          EventKind.REMOVAL_FAILED,
          Instant.parse("2026-07-10T00:00:00Z"),
          null,
          "d1",
          "claude-code",
          Json.object().put("host", host).build());
      return 0;
    });
  }

  @Test
  void a_real_collector_gets_what_happened_also_while_it_was_away() throws Exception {
    Assumptions.assumeTrue(
        Files.exists(RSYSLOG) && Files.exists(GTLS),
        "syslog over TLS is received by rsyslog (Debian: rsyslog, rsyslog-gnutls)");
    certificate();
    var port = free();
    var settings = new SyslogSettings("localhost", port, false, folder.resolve("cert.pem"));
    try (var database = TestingDatabase.open(folder)) {
      var reader =
          new SyslogReader(
              settings,
              TrustedCa.of(settings.ca()),
              new Links("https://i.example"),
              "server",
              "1.0");
      try (var follower = new Follower(database, new Leases(database), "syslog", reader)) {
        follower.start(Duration.ofMillis(20));
        happens(database, "while-away");
        until(() -> follower.failures() > 0);
        assertEquals(1, follower.feed().waiting());

        collect(port);
        until(() -> lines().size() == 1);
        happens(database, CefTest.HOSTILE);
        happens(database, "机器");
        until(() -> lines().size() == 3);
        until(() -> follower.feed().waiting() == 0);
      }
      var lines = lines();
      assertTrue(
          lines.getFirst().startsWith("108|1|interdict-server|removal.failed|"), lines::toString);
      var ids = new EventLog(database).after(0, 9).stream().map(event -> event.id()).toList();
      for (var i = 0; i < 3; i++) {
        assertTrue(lines.get(i).contains("externalId=" + ids.get(i) + " "), lines::toString);
        assertTrue(lines.get(i).contains("CEF:0|Interdict|Server|1.0|"), lines::toString);
      }
      assertTrue(lines.get(2).contains("dhost=机器 "), lines::toString);
    }
  }

  @Test
  void without_tls_only_loopback_is_told() {
    var settings = new SyslogSettings("192.0.2.1", 514, true, null);
    var reader =
        new SyslogReader(settings, javaTrusts(), new Links("https://i.example"), "server", "1.0");
    var refusal =
        org.junit.jupiter.api.Assertions.assertThrows(
            IOException.class, () -> reader.read(List.of(CefTest.event("a", "b"))));
    assertEquals("syslog without TLS is for loopback addresses only", refusal.getMessage());
  }

  private static javax.net.ssl.SSLContext javaTrusts() {
    try {
      return TrustedCa.of(null);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
