package dev.interdict.server.access;

import dev.interdict.server.http.Handler;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.SetCookie;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Stands before every route of the admin listener that is not for everybody: finds the session of
/// the cookie, asks for a role, and holds changes to the page they came from. Thread-safe.
public final class Gate {
  /// The form field that carries the session's token.
  public static final String CSRF_FIELD = "csrf";

  private static final String CSRF_HEADER = "x-csrf-token";
  private static final String COOKIE = "interdict";

  private static final String BEARER = "bearer ";

  /// How long what somebody gave last counts for a step that matters.
  public static final Duration RECENTLY = Duration.ofMinutes(10);

  private final Sessions sessions;
  private final ApiTokens tokens;
  private final InstantSource clock;

  /// Asking for tokens that do not exist guesses nothing, but it costs a look-up each.
  private final FailureLimit wrongTokens = new FailureLimit(60, Duration.ofMinutes(1));

  public Gate(Sessions sessions, ApiTokens tokens, InstantSource clock) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// Answers a request of somebody signed in.
  @FunctionalInterface
  public interface SignedInHandler {
    HttpResponse handle(HttpRequest request, Session session);
  }

  /// A handler that only `role` reaches: 401 without a session, 403 without the role or, for a
  /// change, without proof that our own page sent it.
  public Handler only(Role role, SignedInHandler handler) {
    return request -> {
      var session = session(request);
      if (session == null) {
        return stranger(request);
      }
      if (!session.may(role)) {
        return HttpResponse.problem(403, "role", "Your account may not do this.");
      }
      // A browser sends no token by itself, so there is nobody to be deceived.
      if (session.kind() != Session.Kind.TOKEN
          && changes(request)
          && !(fromOwnPage(request) && carriesToken(request, session))) {
        return foreign();
      }
      return handler.handle(request, session);
    };
  }

  /// What a change is told that a page of another address may have sent (403, `cross-site`).
  public static HttpResponse foreign() {
    return HttpResponse.problem(
        403,
        "cross-site",
        "This change did not come from our page.",
        "a browser's change names this address as its Origin, and a page's token; a proxy in"
            + " between has to pass the Host header on as it came");
  }

  /// What a request is told that nobody signed in sent.
  public static HttpResponse stranger(HttpRequest request) {
    return HttpResponse.problem(
            401,
            "sign-in",
            "Sign in first.",
            request.header("authorization") == null
                ? "send a token as Authorization: Bearer, or the cookie of a session"
                : "the token is not known here, has ended, was revoked or is for something else")
        .with("WWW-Authenticate", "Bearer realm=\"interdict\"");
  }

  /// What somebody is told who gave no password or code for [#RECENTLY], before a step that
  /// matters: publishing, approving, exporting (403, `step-up`); null for whoever did. A token is
  /// given anew with each request.
  public @Nullable HttpResponse unproved(Session session) {
    return session.provedAt().plus(RECENTLY).isBefore(clock.instant())
        ? HttpResponse.problem(
            403, "step-up", "Give your password or a code again: POST /api/v1/session/prove.")
        : null;
  }

  /// What a program is told before a step that is nobody's but a person's; null for a person.
  public @Nullable HttpResponse impersonal(Session session) {
    return session.kind() == Session.Kind.TOKEN
        ? HttpResponse.problem(403, "person", "Only a person may do this.")
        : null;
  }

  /// The session of the request's token, or else of its cookie; null if there is neither. A request
  /// with a token is judged by it alone, so that a page cannot lend it a visitor's cookie.
  public @Nullable Session session(HttpRequest request) {
    if (request.header("authorization") != null) {
      var secret = bearer(request);
      return secret == null ? null : program(secret, request.address());
    }
    var id = sessionId(request);
    return id == null ? null : sessions.find(id);
  }

  /// Who tells by SCIM, as the audit log names it: the request's token if it is for that, and
  /// nobody else's.
  public @Nullable String directory(HttpRequest request) {
    var secret = bearer(request);
    return secret == null ? null : tokens.findForScim(secret);
  }

  private static @Nullable String bearer(HttpRequest request) {
    var authorization = request.header("authorization");
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }

  private @Nullable Session program(String secret, String address) {
    var session = tokens.find(secret);
    if (session != null) {
      // A right one cannot be guessed, so wrong ones of its neighbours do not count against it.
      return session;
    }
    var now = clock.instant();
    var network = Address.counted(address);
    var wait = wrongTokens.wait(network, now);
    if (wait.isPositive()) {
      throw new RefusedException(
          HttpResponse.problem(429, "too-many", "Too many wrong tokens; try again later.")
              .with("Retry-After", Long.toString(wait.toSeconds() + 1)));
    }
    wrongTokens.failed(network, now);
    return null;
  }

  /// The session id of the request's cookie, or null.
  public static @Nullable String sessionId(HttpRequest request) {
    return request.cookie(cookieName(request));
  }

  /// The `Set-Cookie` field that starts a session.
  public static String cookie(HttpRequest request, String id) {
    return cookieName(request) + "=" + id + attributes(request);
  }

  /// An answer that starts a session in the browser, and lets the browser be known again.
  public static HttpResponse signedIn(
      HttpResponse answer, HttpRequest request, LoginOutcome.SignedIn signedIn) {
    var started = answer.with("Set-Cookie", cookie(request, signedIn.id()));
    var browser = signedIn.browser();
    return browser == null ? started : started.with("Set-Cookie", Browser.cookie(request, browser));
  }

  /// The `Set-Cookie` field that ends it.
  public static String noCookie(HttpRequest request) {
    return cookieName(request) + "=" + attributes(request) + "; Max-Age=0";
  }

  private static String cookieName(HttpRequest request) {
    return SetCookie.ofHost(request, COOKIE);
  }

  static String attributes(HttpRequest request) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (request.secure() ? "; Secure" : "");
  }

  private static boolean changes(HttpRequest request) {
    return !request.method().equals("GET") && !request.method().equals("HEAD");
  }

  /// Whether a browser says that the request comes from a page of this host. One that says nothing
  /// does not count.
  public static boolean fromOwnPage(HttpRequest request) {
    var site = request.header("sec-fetch-site");
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    var origin = request.header("origin");
    var host = request.header("host");
    if (origin == null || host == null) {
      return site != null;
    }
    return origin.equals("https://" + host) || origin.equals("http://" + host);
  }

  private static boolean carriesToken(HttpRequest request, Session session) {
    var header = request.header(CSRF_HEADER);
    var token = header != null ? header : request.isForm() ? request.field(CSRF_FIELD) : null;
    return token != null
        && MessageDigest.isEqual(
            token.getBytes(StandardCharsets.UTF_8),
            session.csrf().getBytes(StandardCharsets.UTF_8));
  }
}
