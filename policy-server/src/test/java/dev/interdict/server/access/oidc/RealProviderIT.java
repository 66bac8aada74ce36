package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.main.Parts;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.TestingDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in by oidc-provider, a certified OpenID provider for Node, which the test installs into
/// a folder of its own.
class RealProviderIT {
  private static final String PACKAGE = "oidc-provider@8.8.1";
  private static final Pattern CODE = Pattern.compile(".*[?&]code=([^&]+).*");
  private static final Pattern STATE = Pattern.compile(".*[?&]state=([^&]+).*");
  private static final Pattern ACTION = Pattern.compile("(?s).*action=\"([^\"]+)\".*");

  @TempDir Path folder;

  /// `-Dinterdict.oidc-provider=FOLDER` names one in which the package is installed already.
  private Path installed() throws IOException, InterruptedException {
    var there = System.getProperty("interdict.oidc-provider");
    if (there != null) {
      return Path.of(there);
    }
    try {
      var npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--silent",
                  "--no-audit",
                  "--no-fund",
                  "--ignore-scripts",
                  PACKAGE)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      var ended = npm.waitFor(2, TimeUnit.MINUTES);
      npm.destroy();
      assumeTrue(ended && npm.exitValue() == 0, "npm install " + PACKAGE + " did not succeed");
    } catch (IOException e) {
      assumeTrue(false, "there is no npm here");
    }
    return folder;
  }

  @Test
  void somebody_signs_in_by_a_real_provider() throws Exception {
    var place = installed();
    var script = place.resolve("provider.mjs");
    try (var from =
        Objects.requireNonNull(RealProviderIT.class.getResourceAsStream("provider.mjs"))) {
      Files.write(script, from.readAllBytes());
    }
    var console = URI.create("http://127.0.0.1:1");
    var node =
        new ProcessBuilder("node", script.toString(), console + OidcLogin.CALLBACK)
            .directory(place.toFile())
            .redirectError(folder.resolve("node.log").toFile())
            .start();
    try (var said =
            new BufferedReader(
                new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        var parts =
            Parts.open(
                TestingDatabase.config(folder), new SecureRandom(), InstantSource.system())) {
      var issuer = String.valueOf(said.readLine());
      assertTrue(issuer.startsWith("http"), () -> read(folder.resolve("node.log")));
      var groups = List.of(new OidcSettings.Mapping("authors", Set.of(Role.AUTHOR), Scope.WHOLE));
      var settings =
          new OidcSettings(
              URI.create(issuer),
              "interdict",
              "s",
              null,
              console,
              "groups",
              OidcSettings.SCOPES,
              Set.of(),
              SSLContext.getDefault(),
              null,
              groups);
      var login =
          new OidcLogin(
              settings,
              parts.database(),
              parts.accounts(),
              parts.sessions(),
              new SecureRandom(),
              InstantSource.system());
      var begun = login.begin("/", true).orElseThrow();
      var back = browse(begun.provider(), console);
      var state = STATE.matcher(back).replaceFirst("$1");
      var code = CODE.matcher(back).replaceFirst("$1");
      var session =
          login.back(state, code, begun.browser(), "127.0.0.1").orElseThrow().signedIn().session();
      assertEquals(Set.of(Role.AUTHOR), session.roles());
      assertEquals("li.na", parts.accounts().list().getFirst().display());
      assertTrue(session.provedAt().isAfter(InstantSource.system().instant().minusSeconds(600)));
      assertTrue(login.back(state, code, begun.browser(), "127.0.0.1").isEmpty());
    } finally {
      node.destroy();
      node.waitFor();
    }
  }

  /// Follows the provider's pages, fills their forms in, and stops where it leaves for the console.
  private static String browse(URI start, URI console) throws Exception {
    try (var browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      var request = HttpRequest.newBuilder(start).build();
      for (var step = 0; step < 12; step++) {
        var answer = browser.send(request, HttpResponse.BodyHandlers.ofString());
        var location = answer.headers().firstValue("location").orElse(null);
        if (location != null) {
          if (location.startsWith(console.toString())) {
            return location;
          }
          request = HttpRequest.newBuilder(request.uri().resolve(location)).build();
        } else {
          request = filledIn(request.uri(), answer.body());
        }
      }
      throw new AssertionError("the provider does not come to an end");
    }
  }

  private static HttpRequest filledIn(URI page, String html) {
    var action = ACTION.matcher(html);
    assertTrue(action.matches(), html);
    var form =
        html.contains("value=\"login\"")
            ? "prompt=login&login=subject-1&password=x"
            : "prompt=consent";
    return HttpRequest.newBuilder(page.resolve(action.group(1)))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form))
        .build();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no log";
    }
  }
}
