package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.http.Tls;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsIT {
  private static final String PASSWORD = "only for this test";

  @TempDir Path folder;

  private Path store(String algorithm) throws Exception {
    var store = folder.resolve("server.p12");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertEquals(0, process.waitFor());
    return store;
  }

  private static SSLContext trusting(Path store) throws Exception {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), new SecureRandom());
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void both_listeners_speak_tls_and_the_cookie_is_bound_to_it(String algorithm) throws Exception {
    var store = store(algorithm);
    var local = TestingDatabase.config(folder);
    var config =
        new ServerConfig(
            local.database(),
            local.repository(),
            local.device(),
            local.admin(),
            Tls.read(store, PASSWORD.toCharArray()),
            local.silentAfter(),
            local.samplePeriod());
    var parts = Parts.open(config, new SecureRandom(), InstantSource.system());
    parts.accounts().create("tester", "ada", TestingServer.PASSWORD, Set.of(Role.VIEWER));
    try (var server = Server.start(config, parts, nonce -> nonce, (_, _) -> {});
        var client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      var device =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + server.devicePort() + "/tuf/1.root.json"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(404, device.statusCode());
      var signIn =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("https://localhost:" + server.adminPort() + "/api/v1/session"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"name\":\"ada\",\"password\":\"" + TestingServer.PASSWORD + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, signIn.statusCode());
      var cookie = signIn.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.startsWith("__Host-interdict="), cookie);
      assertTrue(cookie.contains("; Secure"), cookie);
    }
  }

  @Test
  void a_wrong_password_is_said_with_the_file() throws Exception {
    var store = store("EC");
    var refusal = assertThrows(IOException.class, () -> Tls.read(store, "wrong".toCharArray()));
    assertTrue(String.valueOf(refusal.getMessage()).contains("password"));
  }

  @Test
  void a_new_certificate_is_presented_without_a_restart_and_a_broken_one_is_not() throws Exception {
    var store = store("EC");
    var tls = Tls.read(store, PASSWORD.toCharArray());
    var loopback = java.net.InetAddress.getLoopbackAddress();
    try (var listener =
            dev.interdict.server.http.Listener.start(
                "test",
                new java.net.InetSocketAddress(loopback, 0),
                tls,
                new dev.interdict.server.http.Router());
        var _ =
            dev.interdict.server.http.TlsReload.start(
                tls,
                java.util.List.of(store),
                () -> Tls.read(store, PASSWORD.toCharArray()),
                java.time.Duration.ofMillis(20))) {
      var first = trusting(store);
      assertTrue(shakesHands(first, listener.port(), "TLSv1.3"));
      assertTrue(!shakesHands(first, listener.port(), "TLSv1.2"));
      Files.write(store, new byte[] {1, 2, 3});
      assertTrue(shakesHands(first, listener.port(), "TLSv1.3"));
      Files.delete(store);
      store("RSA");
      var second = trusting(store);
      // The looks come by themselves; one that never takes it over fails here, and does not hang.
      var tries = 0;
      while (!shakesHands(second, listener.port(), "TLSv1.3")) {
        assertTrue(++tries < 2_000, "the new certificate is never presented");
      }
      assertTrue(!shakesHands(first, listener.port(), "TLSv1.3"));
    }
  }

  @Test
  void who_follows_and_fails_makes_no_certificate_unreadable_and_ends_no_look() throws Exception {
    var store = store("EC");
    var tls = Tls.read(store, PASSWORD.toCharArray());
    var heard = new java.util.ArrayList<String>();
    try (var reload =
        dev.interdict.server.http.TlsReload.start(
            tls,
            java.util.List.of(store),
            () -> Tls.read(store, PASSWORD.toCharArray()),
            java.time.Duration.ofHours(1))) {
      reload.follow(line -> {
        heard.add(line);
        throw new IllegalStateException("nobody takes it");
      });
      var bytes = Files.readAllBytes(store);
      var time = Files.getLastModifiedTime(store);
      Files.write(store, new byte[] {1, 2, 3});
      assertTrue(reload.look().contains("cannot be read"));
      Files.write(store, bytes);
      Files.setLastModifiedTime(store, time);
      assertEquals("", reload.look());
      Files.delete(store);
      store("RSA");
      assertEquals("", reload.look());
    }
    assertEquals(3, heard.size(), heard::toString);
    assertEquals("a new certificate is presented", heard.getLast());
  }

  private static boolean shakesHands(SSLContext context, int port, String protocol)
      throws IOException {
    try (var socket =
        (javax.net.ssl.SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return true;
    } catch (javax.net.ssl.SSLException e) {
      return false;
    }
  }
}
