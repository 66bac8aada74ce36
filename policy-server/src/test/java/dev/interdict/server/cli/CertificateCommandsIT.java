package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.keys.OwnTls;
import dev.interdict.wire.TrustedCa;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that makes itself a certificate: clients that trust its authority reach it, and others
/// do not; it is renewed while the server runs.
class CertificateCommandsIT {
  @TempDir Path temp;
  private Path dir = Path.of("");
  private OwnTls own = new OwnTls(dir);

  @BeforeEach
  void name_the_folder() {
    dir = temp.resolve("server");
    own = new OwnTls(dir);
  }

  private RunningServer start() throws Exception {
    var nowhere = new PrintWriter(new StringWriter());
    var console =
        new Console(
            nowhere, nowhere, false, "anna", new MovableClock(Typed.NOW), new SecureRandom());
    return RunningServer.start(
        new ServerFolder(dir), Settings.read(new ServerFolder(dir)).with(null, 0, 0), console);
  }

  private static int status(RunningServer running, String host, @Nullable Path authority)
      throws Exception {
    var port = URI.create(running.adminUrl()).getPort();
    try (var client = HttpClient.newBuilder().sslContext(TrustedCa.of(authority)).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("https://" + host + ":" + port + "/login")).build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void clients_that_trust_its_authority_reach_it_by_its_names() throws Exception {
    var made = Typed.server("init", dir.toString(), "--tls-host", "localhost");
    assertEquals(0, made.code(), made::err);
    assertTrue(
        made.out().contains("enrol --server https://localhost:8460 --ca tls-ca.pem"), made::out);
    assertTrue(made.out().contains("https://localhost:8460"), made::out);
    // The clocks of the JDK's clients stand where they stand.
    own.renew(new SecureRandom(), Instant.now());
    try (var running = start()) {
      assertEquals(200, status(running, "localhost", own.authority()));
      reached(running);
      assertThrows(
          SSLHandshakeException.class, () -> status(running, "127.0.0.1", own.authority()));
      assertThrows(SSLHandshakeException.class, () -> status(running, "localhost", null));
      var before = presented(running);
      assertEquals(before, own.current());
      var renewed = own.renew(new SecureRandom(), Instant.now());
      assertNotEquals(before.getPublicKey(), renewed.getPublicKey());
      for (var i = 0; i < 200 && presented(running).equals(before); i++) {
        Thread.sleep(100);
      }
      assertEquals(renewed, presented(running), "without a restart");
      assertEquals(200, status(running, "localhost", own.authority()));
    }
  }

  private X509Certificate presented(RunningServer running) throws Exception {
    var port = URI.create(running.adminUrl()).getPort();
    var sockets = TrustedCa.of(own.authority()).getSocketFactory();
    try (var socket = (javax.net.ssl.SSLSocket) sockets.createSocket("localhost", port)) {
      socket.startHandshake();
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /// What is wrong is said by what can be done about it.
  private void reached(RunningServer running) throws Exception {
    var token = Files.writeString(temp.resolve("token"), "nobodys").toString();
    var people = URI.create(running.adminUrl()).getPort();
    var workstations = URI.create(running.deviceUrl()).getPort();
    for (var wrong :
        List.of(
            "https://127.0.0.1:" + people + " for other names than 127.0.0.1",
            "http://127.0.0.1:" + people + " if it takes TLS, write https://",
            "https://localhost:" + workstations + " the address of the console")) {
      var words = wrong.split(" ", 2);
      var typed =
          Typed.admin(
              "login",
              "--server",
              words[0],
              "--ca-file",
              own.authority().toString(),
              "--token-file",
              token,
              "--profiles",
              temp.resolve("profiles.json").toString());
      assertEquals(3, typed.code(), typed::err);
      assertTrue(typed.err().contains(words[1]), typed::err);
    }
  }

  @Test
  void it_is_renewed_before_it_ends_and_not_all_the_time() throws Exception {
    assertEquals(0, Typed.server("init", dir.toString(), "--tls-host", "localhost").code());
    var first = own.current();
    assertNull(own.renewWhereDue(new SecureRandom(), Typed.NOW));
    var late = first.getNotAfter().toInstant().minus(Duration.ofDays(59));
    var renewed = own.renewWhereDue(new SecureRandom(), late);
    assertEquals(renewed, own.current());
    assertEquals(OwnTls.hosts(first), OwnTls.hosts(own.current()));
    assertNull(own.renewWhereDue(new SecureRandom(), late));
    var end = own.authorityEnd();
    own.renew(new SecureRandom(), end.minus(Duration.ofDays(100)));
    assertEquals(end, own.current().getNotAfter().toInstant(), "no longer than the authority");
    var last = end.minus(Duration.ofDays(59));
    assertThrows(java.io.IOException.class, () -> own.renew(new SecureRandom(), last));
  }

  /// What an administrator puts there: under the password of before, perhaps another alias.
  private void replace(String alias) throws Exception {
    var other = new OwnTls(Files.createDirectories(temp.resolve("other-" + alias)));
    other.make(List.of("bought.example.com"), new SecureRandom(), Typed.NOW);
    var theirs = Files.readString(other.password()).strip().toCharArray();
    var word = Files.readString(own.password()).strip().toCharArray();
    var bought = KeyStore.getInstance(other.store().toFile(), theirs);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        alias, bought.getKey("server", theirs), word, bought.getCertificateChain("server"));
    try (var out = Files.newOutputStream(own.store())) {
      store.store(out, word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "bought"})
  void a_certificate_of_somebody_else_is_never_replaced(String alias) throws Exception {
    assertEquals(0, Typed.server("init", dir.toString(), "--tls-host", "localhost").code());
    replace(alias);
    var theirs = Files.readAllBytes(own.store());
    var late = Typed.NOW.plus(Duration.ofDays(380));
    assertNull(own.renewWhereDue(new SecureRandom(), late));
    for (var command : List.of("renew", "show")) {
      var run = Typed.server("certificate", command, "-d", dir.toString());
      assertNotEquals(0, run.code());
      assertTrue(run.err().contains("this server did not make"), run::err);
    }
    assertArrayEquals(theirs, Files.readAllBytes(own.store()));
  }

  @Test
  void commands_say_what_to_trust_and_overwrite_nothing() throws Exception {
    assertEquals(0, Typed.server("init", dir.toString()).code());
    assertEquals(1, Typed.server("certificate", "show", "-d", dir.toString()).code());
    var odd = Typed.server("certificate", "new", "--host", "a b", "-d", dir.toString());
    assertEquals(2, odd.code(), odd::err);
    var made =
        Typed.server("certificate", "new", "--host", "interdict.example.com", "-d", dir.toString());
    assertEquals(0, made.code(), made::err);
    assertTrue(made.out().contains("server.p12.password"), made::out);
    for (var file : List.of(own.store(), own.password(), own.authorityStore())) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    var before = own.current();
    var again = Typed.server("certificate", "new", "--host", "x.example", "-d", dir.toString());
    assertEquals(6, again.code(), again::err);
    assertEquals(before, own.current());
    var renewed = Typed.server("certificate", "renew", "-d", dir.toString());
    assertEquals(0, renewed.code(), renewed::err);
    assertNotEquals(before, own.current());
    var shown = Typed.server("certificate", "show", "-d", dir.toString());
    assertTrue(shown.out().contains("interdict.example.com"), shown::out);
    var here = own.current();
    var next = dir.resolve("next-year");
    var prepared =
        Typed.server("certificate", "new", "--host", "a.example", "--into", next.toString());
    assertEquals(0, prepared.code(), prepared::err);
    assertEquals(List.of("a.example"), OwnTls.hosts(new OwnTls(next).current()));
    assertEquals(here, own.current(), "what is presented stays");
  }
}
