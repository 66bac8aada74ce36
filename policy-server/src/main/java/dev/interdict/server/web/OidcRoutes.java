package dev.interdict.server.web;

import dev.interdict.server.access.Address;
import dev.interdict.server.access.FailureLimit;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.oidc.OidcLogin;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import dev.interdict.server.http.SetCookie;
import java.time.Duration;
import java.time.InstantSource;

/// The two addresses of signing in by an identity provider. Thread-safe.
public final class OidcRoutes {
  /// Where it begins.
  static final String START = "/login/oidc";

  private static final String COOKIE = "interdict-oidc";

  private final OidcLogin login;
  private final InstantSource clock;

  /// Each beginning is written down, and anybody can begin.
  private final FailureLimit begun = new FailureLimit(60, Duration.ofMinutes(1));

  public OidcRoutes(OidcLogin login, InstantSource clock) {
    this.login = login;
    this.clock = clock;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router.get(START, this::start).get(OidcLogin.CALLBACK, this::back);
  }

  private HttpResponse start(HttpRequest request) {
    var now = clock.instant();
    var network = Address.counted(request.address());
    var wait = begun.wait(network, now);
    if (wait.isPositive()) {
      return HttpResponse.problem(429, "too-many", "Too many sign-ins were begun; try again later.")
          .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    }
    begun.failed(network, now);
    var to = Destination.checked(request.parameter("to"));
    return login
        .begin(to, "1".equals(request.parameter("again")))
        .map(begun ->
            HttpResponse.empty(303)
                .with("Location", begun.provider().toString())
                .with("Set-Cookie", cookie(request, begun.browser(), 600)))
        .orElseGet(() -> HttpResponse.seeOther("/login?oidc=failed"));
  }

  private HttpResponse back(HttpRequest request) {
    var state = request.parameter("state");
    var code = request.parameter("code");
    var ended = cookie(request, "", 0);
    if (state == null || code == null) {
      return HttpResponse.seeOther("/login?oidc=failed").with("Set-Cookie", ended);
    }
    return login
        .back(state, code, request.cookie(name(request)), request.address())
        .map(back ->
            // A redirect would still count as the provider's, and get no strict cookie.
            HttpResponse.html(200, "<!doctype html><title>Interdict</title>")
                .with("Refresh", "0; url=" + back.destination())
                .with("Set-Cookie", Gate.cookie(request, back.signedIn().id()))
                .with("Set-Cookie", ended))
        .orElseGet(() -> HttpResponse.seeOther("/login?oidc=failed").with("Set-Cookie", ended));
  }

  private static String name(HttpRequest request) {
    return SetCookie.ofHost(request, COOKIE);
  }

  /// Not strict: the provider's page sends the browser back with it.
  private static String cookie(HttpRequest request, String value, int seconds) {
    return SetCookie.field(request, name(request), value, SetCookie.SameSite.LAX, seconds);
  }
}
