package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.server.web.OidcWalk;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in by a real provider, as programs and as people in a browser do.
class RealProviderIT {
  private static final Pattern CODE = Pattern.compile(".*[?&]code=([^&]+).*");
  private static final Pattern STATE = Pattern.compile(".*[?&]state=([^&]+).*");
  private static final Pattern ACTION = Pattern.compile("(?s).*action=\"([^\"]+)\".*");

  @TempDir static Path folder;
  private static RealProvider provider;

  @BeforeAll
  static void start() throws Exception {
    provider = RealProvider.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (provider != null) {
      provider.close();
    }
  }

  @Test
  void somebody_signs_in_by_a_real_provider(@TempDir Path data) throws Exception {
    var console = URI.create("http://127.0.0.1:1");
    try (var parts =
        Parts.open(TestingDatabase.config(data), new SecureRandom(), InstantSource.system())) {
      var login =
          new OidcLogin(
              provider.settings(console),
              parts.database(),
              parts.accounts(),
              parts.sessions(),
              new SecureRandom(),
              InstantSource.system());
      var begun = login.begin("/", true).orElseThrow();
      var back = browse(begun.provider(), console);
      var state = STATE.matcher(back).replaceFirst("$1");
      var code = CODE.matcher(back).replaceFirst("$1");
      var in =
          assertInstanceOf(
              OidcLogin.Back.class, login.back(state, code, begun.browser(), "127.0.0.1"));
      var session = in.signedIn().session();
      assertEquals(Set.of(Role.AUTHOR), session.roles());
      assertEquals("li.na", parts.accounts().list().getFirst().display());
      assertTrue(session.provedAt().isAfter(InstantSource.system().instant().minusSeconds(600)));
      assertInstanceOf(
          OidcLogin.Refused.class, login.back(state, code, begun.browser(), "127.0.0.1"));
    }
  }

  /// What a browser shows on the way: see there.
  @Test
  void somebody_walks_in_and_out_in_a_browser(@TempDir Path data) throws Exception {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    try (var walk = new OidcWalk(provider, place, data)) {
      walk.all();
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
}
