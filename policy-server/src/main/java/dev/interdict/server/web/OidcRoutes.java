package dev.interdict.server.web;

import dev.interdict.identity.Printable;
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
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two addresses of signing in by an identity provider. Thread-safe.
public final class OidcRoutes {
  /// Where it begins.
  static final String START = "/login/oidc";

  private static final Logger LOG = LoggerFactory.getLogger(OidcRoutes.class);
  private static final String COOKIE = "interdict-oidc";
  private static final int LONGEST = Math.toIntExact(OidcLogin.REMEMBERED.toSeconds());

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
                .with("Set-Cookie", cookie(request, begun.browser(), LONGEST)))
        .orElseGet(() -> refused(OidcLogin.Why.PROVIDER, to));
  }

  private HttpResponse back(HttpRequest request) {
    var code = request.parameter("code");
    var error = request.parameter("error");
    if (code == null && error != null) {
      LOG.atWarn()
          .addKeyValue("error", Printable.of(error, 100))
          .log("the identity provider sent somebody back without a code");
    }
    var returned =
        login.back(
            request.parameter("state"), code, request.cookie(name(request)), request.address());
    var answer =
        switch (returned) {
          case OidcLogin.Back(var signedIn, var destination) ->
              onward(destination).with("Set-Cookie", Gate.cookie(request, signedIn.id()));
          case OidcLogin.Refused(var why, var destination) -> onward(place(why, destination));
        };
    return answer.with("Set-Cookie", cookie(request, "", 0));
  }

  /// A page that goes on by itself. A redirect of a request that the provider sent would still
  /// count as the provider's, and get no strict cookie; and forms may lead to no other host, not
  /// even by a redirect.
  static HttpResponse onward(String place) {
    // Without an icon of its own the browser would ask for one that there is not.
    return HttpResponse.html(
            200, "<!doctype html><title>Interdict</title><link rel=\"icon\" href=\"data:,\">")
        .with("Refresh", "0; url=" + place);
  }

  private static HttpResponse refused(OidcLogin.Why why, String to) {
    return HttpResponse.seeOther(place(why, to));
  }

  /// The form for signing in, which says why and still knows where the person wants to go.
  private static String place(OidcLogin.Why why, String to) {
    return Href.to(Console.LOGIN)
        .with("to", to)
        .with("oidc", why.name().toLowerCase(Locale.ROOT))
        .address();
  }

  private static String name(HttpRequest request) {
    return SetCookie.ofHost(request, COOKIE);
  }

  /// Not strict: the provider's page sends the browser back with it.
  private static String cookie(HttpRequest request, String value, int seconds) {
    return SetCookie.field(request, name(request), value, SetCookie.SameSite.LAX, seconds);
  }
}
