package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Beacon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeaconWatchTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static TlsServer.Identity intranet;
  private static TlsServer.Identity cafe;

  @BeforeAll
  static void makeKeys() throws Exception {
    intranet = TlsServer.Identity.make(folder, "intranet", "EC");
    cafe = TlsServer.Identity.make(folder, "cafe", "RSA");
  }

  private static List<Beacon> seen(Duration patience, Beacon... beacons) throws IOException {
    try (var watch = BeaconWatch.begin(List.of(beacons), patience)) {
      return watch.seen();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_host_with_the_pinned_key_is_seen_and_hears_nothing_but_the_handshake(String version)
      throws Exception {
    try (var server = TlsServer.start(intranet.context(), version)) {
      var beacon = server.beacon("localhost", intranet);
      assertEquals(List.of(beacon), seen(LONG, beacon));
      var visit = server.visit();
      assertEquals(version, visit.protocol());
      assertEquals(0, visit.bytes());
      assertEquals("localhost", visit.serverName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "LocalHost"})
  void by_address_as_by_name(String host) throws Exception {
    try (var server = TlsServer.start(cafe.context(), "TLSv1.3")) {
      var beacon = server.beacon(host, cafe);
      assertEquals(List.of(beacon), seen(LONG, beacon));
    }
  }

  @Test
  void the_same_name_with_another_key_is_not_the_place() throws Exception {
    try (var server = TlsServer.start(cafe.context(), "TLSv1.3")) {
      assertEquals(List.of(), seen(LONG, server.beacon("localhost", intranet)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void whoever_only_copied_the_certificate_is_not_the_place(String version) throws Exception {
    var impostor = TlsServer.Identity.make(folder, "impostor-" + version, "EC");
    try (var server = TlsServer.start(impostor.withCertificateOf(intranet).context(), version)) {
      assertEquals(List.of(), seen(LONG, server.beacon("localhost", intranet)));
    }
  }

  @Test
  void nobody_there() throws Exception {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertEquals(List.of(), seen(LONG, new Beacon("127.0.0.1", port, intranet.pin())));
    assertEquals(List.of(), seen(LONG, new Beacon("no-such-host.invalid", 1, intranet.pin())));
  }

  @Test
  void what_speaks_no_tls() throws Exception {
    try (var server =
        RawServer.start(out -> out.write("HTTP/1.1 302 Found\r\n\r\n".getBytes("US-ASCII")))) {
      assertEquals(List.of(), seen(LONG, server.beacon(intranet)));
    }
  }

  @Test
  void one_that_drips_or_keeps_silent_holds_nobody_up_and_hides_no_other() throws Exception {
    var over = new CountDownLatch(1);
    try (var silent = RawServer.start(_ -> over.await());
        var dripping =
            RawServer.start(out -> {
              // The beginning of a handshake record of 16 KiB, a byte at a time.
              out.write(new byte[] {22, 3, 3, 64, 0});
              while (over.getCount() > 0) {
                out.write(2);
                out.flush();
                Thread.sleep(20);
              }
            });
        var right = TlsServer.start(intranet.context(), "TLSv1.3")) {
      var beacon = right.beacon("localhost", intranet);
      try (var watch =
          BeaconWatch.begin(
              List.of(silent.beacon(intranet), dripping.beacon(intranet), beacon),
              Duration.ofSeconds(3))) {
        assertEquals(List.of(beacon), watch.seen());
      }
      assertTrue(dripping.gone().await(60, TimeUnit.SECONDS));
      over.countDown();
    }
  }

  @Test
  void no_more_are_asked_than_are_bounded() throws Exception {
    try (var server = TlsServer.start(intranet.context(), "TLSv1.3")) {
      var closed = new Beacon[BeaconWatch.MOST + 1];
      for (var i = 0; i < BeaconWatch.MOST; i++) {
        closed[i] = new Beacon("127.0.0.1", 1, "%064x".formatted(i));
      }
      closed[BeaconWatch.MOST] = server.beacon("localhost", intranet);
      assertEquals(List.of(), seen(LONG, closed));
    }
  }
}
