package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.agent.time.FixedBootClock;
import dev.interdict.json.JsonLimits;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Enrolment and a report over real TLS, by a certificate that nothing but the administrator's file
/// vouches for.
class UplinkIT {
  /// Each is made by a program of its own, and no test changes one.
  private static TlsServer.Identity own;

  private static TlsServer.Identity stranger;
  private static TlsServer.Identity elsewhere;

  @TempDir Path folder;
  private StateDirectory state;

  @BeforeAll
  static void identities(@TempDir Path made) throws Exception {
    own = TlsServer.Identity.current(made, "own", "ip:127.0.0.1");
    stranger = TlsServer.Identity.current(made, "stranger", "ip:127.0.0.1");
    elsewhere = TlsServer.Identity.current(made, "elsewhere", "dns:interdict.example.com");
  }

  @BeforeEach
  void make() throws Exception {
    state = StateDirectory.open(folder.resolve("state"));
  }

  private SmallServer server(TlsServer.Identity identity) throws Exception {
    return new SmallServer(folder.resolve("repository"), identity.context());
  }

  private Uplink trusting(TlsServer.Identity identity) throws Exception {
    var file = folder.resolve("ca.pem");
    Files.writeString(file, identity.pem());
    return Uplink.STRAIGHT.trusting(file);
  }

  private Enrolment enrol(SmallServer server, Uplink uplink) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256").digest(server.repository.initialRoot());
    return new Enrolling(
            server.address(),
            uplink,
            state,
            new FixedBootClock(),
            () -> SmallServer.NOW,
            new SecureRandom())
        .enrol("token-1", HexFormat.of().formatHex(digest));
  }

  private SyncResult report(URI address, Uplink uplink) throws IOException {
    var headers = new LinkedHashMap<>(Map.of(Headers.SEQUENCE, "1"));
    var post = new SyncJob.Post(1, Routes.REPORTS, headers);
    var nonce = "ab".repeat(32);
    var job =
        new SyncJob(address, SmallServer.NOW, nonce, List.of(), List.of(post), List.of(), uplink);
    var stage = new Stage(state.trust(), state.stage());
    var in = new ByteArrayOutputStream();
    SyncPipe.ask(job, List.of("report 1".getBytes(StandardCharsets.UTF_8)), stage, in);
    var out = new ByteArrayOutputStream();
    SyncWorker.run(new ByteArrayInputStream(in.toByteArray()), out);
    return SyncPipe.result(new ByteArrayInputStream(out.toByteArray()), stage);
  }

  @Test
  void a_device_enrols_and_reports_by_the_certificate_it_was_given() throws Exception {
    try (var server = server(own)) {
      enrol(server, trusting(own));
      var kept = Uplink.load(state);
      assertEquals(own.pem(), kept.ca());
      var result = report(server.address(), kept);
      assertTrue(result.reached(), result.message());
      assertTrue(server.taken.contains("report 1"), server.taken::toString);
    }
  }

  @Test
  void neither_javas_authorities_nor_anothers_vouch_for_it() throws Exception {
    try (var server = server(own)) {
      for (var uplink : List.of(Uplink.STRAIGHT, trusting(stranger))) {
        assertThrows(IOException.class, () -> enrol(server, uplink));
        var result = report(server.address(), uplink);
        assertFalse(result.reached());
        assertTrue(result.message().contains("PKIX"), result.message());
      }
      assertEquals(List.of(), server.taken);
      assertEquals(List.of(), server.asked);
      assertFalse(Files.exists(state.enrolment()));
    }
  }

  @Test
  void a_certificate_that_is_trusted_is_of_no_use_to_another_host() throws Exception {
    try (var server = server(elsewhere)) {
      assertThrows(IOException.class, () -> enrol(server, trusting(elsewhere)));
      assertFalse(report(server.address(), trusting(elsewhere)).reached());
      assertEquals(List.of(), server.asked);
    }
  }

  @Test
  void a_file_without_certificates_is_refused_where_it_is_named() throws Exception {
    var file = folder.resolve("ca.pem");
    for (var text : List.of("", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
      Files.writeString(file, text);
      var refused = assertThrows(IOException.class, () -> Uplink.STRAIGHT.trusting(file), text);
      assertTrue(String.valueOf(refused.getMessage()).contains("ca.pem"), refused::toString);
    }
    Files.writeString(state.uplink(), "{\"proxy\":\"here\"}");
    assertThrows(IOException.class, () -> Uplink.load(state));
  }

  /// Notes the first line of each request and passes bytes on.
  private static Thread proxy(ServerSocket listening, List<String> asked) {
    return Thread.ofVirtual()
        .start(() -> {
          while (!listening.isClosed()) {
            try (var client = listening.accept()) {
              var head = new StringBuilder();
              while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) client.getInputStream().read());
              }
              asked.add(head.substring(0, head.indexOf("\r")));
              var port = Integer.parseInt(head.substring(0, head.indexOf(" HTTP")).split(":")[1]);
              try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                client
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> pass(server, client));
                pass(client, server);
              }
            } catch (IOException e) {
              // Closed.
            }
          }
        });
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two left.
    }
  }

  @Test
  void by_a_proxy_the_server_is_still_who_the_certificate_says() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server = server(own)) {
      proxy(listening, asked);
      var proxy = "127.0.0.1:" + listening.getLocalPort();
      var result = report(server.address(), new Uplink(own.pem(), proxy));
      assertTrue(result.reached(), result.message());
      assertEquals(List.of("CONNECT 127.0.0.1:" + server.address().getPort() + " HTTP/1.1"), asked);
      assertFalse(report(server.address(), new Uplink(stranger.pem(), proxy)).reached());
    }
  }

  @Test
  void a_proxy_that_refuses_is_named_with_what_it_said() throws Exception {
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            while (!listening.isClosed()) {
              try (var client = listening.accept()) {
                client
                    .getOutputStream()
                    .write(
                        "HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().read();
              } catch (IOException e) {
                // Closed.
              }
            }
          });
      var proxy = "127.0.0.1:" + listening.getLocalPort();
      var result = report(URI.create("https://127.0.0.1:1"), new Uplink(own.pem(), proxy));
      assertFalse(result.reached());
      assertTrue(
          result.message().contains("the proxy " + proxy + " does not connect to https://127.0"),
          result.message());
      assertTrue(result.message().contains("it answered 502"), result.message());
    }
  }

  @Test
  void a_server_on_this_computer_is_not_reached_through_another() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var server = new SmallServer(folder.resolve("repository"))) {
      proxy(listening, asked);
      var proxy = "127.0.0.1:" + listening.getLocalPort();
      assertTrue(report(server.address(), new Uplink(null, proxy)).reached());
      assertEquals(List.of(), asked);
    }
  }

  @Test
  void as_many_certificates_as_are_taken_can_be_read_again() throws Exception {
    var most = JsonLimits.OWN.textLength();
    new Uplink("x".repeat(most), null).save(state);
    assertEquals(most, String.valueOf(Uplink.load(state).ca()).length());
    assertThrows(IllegalArgumentException.class, () -> new Uplink("x".repeat(most + 1), null));
  }

  @Test
  void what_is_no_proxy_is_refused() {
    for (var text : List.of("", "host", "host:", "host:99999", "http://h:1", "u:p@h:1", "h:1 x")) {
      assertThrows(IllegalArgumentException.class, () -> new Uplink(null, text), text);
    }
    var uplink = new Uplink(null, "proxy.example.com:3128");
    assertEquals("proxy.example.com", uplink.proxyHost());
    assertEquals(3128, uplink.proxyPort());
  }
}
