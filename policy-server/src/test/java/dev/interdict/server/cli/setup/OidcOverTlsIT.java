package dev.interdict.server.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `server.yaml` says of a provider that has its own certificate authority and tells groups
/// for a scope of theirs.
class OidcOverTlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path path;
  private HttpsServer provider;
  private String issuer = "";

  @BeforeEach
  void start() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=x", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", path.resolve("provider.pem").toString());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(path.resolve("provider.p12").toFile(), PASSWORD), PASSWORD);
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    provider = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    provider.setHttpsConfigurator(new HttpsConfigurator(tls));
    issuer = "https://127.0.0.1:" + provider.getAddress().getPort();
    provider.createContext(
        "/.well-known/openid-configuration",
        exchange -> {
          var bytes =
              """
              {"issuer": "I", "authorization_endpoint": "I/a", "token_endpoint": "I/t", "jwks_uri": "I/k"}
              """
                  .replace("I\"", issuer + "\"")
                  .replace("I/", issuer + "/")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private void keytool(String... arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "provider", "-storetype", "PKCS12", "-storepass", "changeit"));
    command.addAll(List.of("-keystore", path.resolve("provider.p12").toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  private Settings settings(String more) throws IOException {
    var folder = new ServerFolder(path);
    Files.createDirectories(folder.settings().getParent());
    Files.writeString(
        folder.settings(),
        Settings.text("IT", "https://policy.example.com/", "")
            + "oidc:\n  issuer: "
            + issuer
            + "\n  client-id: interdict\n  console: https://interdict.example.com\n"
            + "  groups: [{group: readers, roles: [viewer]}]\n"
            + more);
    return Settings.read(folder);
  }

  private String begun(Settings settings) {
    var random = new SecureRandom();
    var config = TestingDatabase.config(path);
    try (var parts = Parts.open(config, random, InstantSource.system())) {
      return new OidcLogin(
              Objects.requireNonNull(settings.oidc()),
              parts.database(),
              parts.accounts(),
              parts.sessions(),
              random,
              InstantSource.system())
          .begin("/", false)
          .map(begun -> begun.provider().getRawQuery())
          .orElse("nobody answers");
    }
  }

  @Test
  void an_own_authority_is_believed_where_it_is_named_and_nowhere_else() throws Exception {
    assertEquals("nobody answers", begun(settings("")));
    assertTrue(
        begun(settings("  ca-file: provider.pem\n")).contains("scope=openid+profile+email&"));
  }

  @Test
  void scopes_are_those_that_are_named() throws Exception {
    var query = begun(settings("  ca-file: provider.pem\n  scopes: [groups]\n"));
    assertTrue(query.contains("scope=openid+groups&"), query);
    var refused = assertThrows(Failure.class, () -> settings("  scopes: ['groups profile']\n"));
    assertTrue(String.valueOf(refused.getMessage()).contains("no scope"), refused::getMessage);
    var missing = assertThrows(Failure.class, () -> settings("  ca-file: nothing.pem\n"));
    assertTrue(String.valueOf(missing.getMessage()).contains("there is no file"));
  }
}
