package dev.interdict.server.api;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import java.util.ArrayList;
import java.util.TreeSet;

/// Signing in and out by JSON. Thread-safe.
public final class SessionApi {
  private static final JsonLimits LIMITS = new JsonLimits(4 << 10, 4, 1_000, 20, false);

  private final Sessions sessions;
  private final Gate gate;

  public SessionApi(Sessions sessions, Gate gate) {
    this.sessions = sessions;
    this.gate = gate;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router
        .post("/api/v1/session", LIMITS.bytes(), this::signIn)
        .get("/api/v1/session", gate.only(Role.VIEWER, (_, session) -> answer(session)))
        .post("/api/v1/session/end", Router.FORM, gate.only(Role.VIEWER, this::signOut));
  }

  private HttpResponse signIn(HttpRequest request) {
    var type = request.header("content-type");
    if (type == null || !type.startsWith("application/json")) {
      return HttpResponse.problem(415, "media-type", "This address takes JSON.");
    }
    if (request.header("origin") != null && !Gate.fromOwnPage(request)) {
      return HttpResponse.problem(403, "cross-site", "This did not come from our page.");
    }
    String name;
    String password;
    try {
      var faults = new ArrayList<Fault>();
      var fields = Fields.of(JsonReader.read(request.body(), LIMITS), faults);
      name = fields.text("name");
      password = fields.text("password");
      if (!faults.isEmpty()) {
        throw new JsonException("a name and a password are needed");
      }
    } catch (JsonException e) {
      return HttpResponse.problem(422, "malformed", "A name and a password are needed.");
    }
    return switch (sessions.signIn(name, password, request.address())) {
      case LoginOutcome.SignedIn(var id, var session) ->
          answer(session).with("Set-Cookie", Gate.cookie(request, id));
      case LoginOutcome.Refused _ ->
          HttpResponse.problem(401, "sign-in", "Name or password is wrong.");
      case LoginOutcome.TooMany(var wait) ->
          HttpResponse.problem(429, "too-many", "Too many attempts; try again later.")
              .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    };
  }

  private HttpResponse signOut(HttpRequest request, Session session) {
    var id = Gate.sessionId(request);
    if (id != null) {
      sessions.signOut(id);
    }
    return HttpResponse.empty(204).with("Set-Cookie", Gate.noCookie(request));
  }

  private static HttpResponse answer(Session session) {
    var roles = new TreeSet<String>();
    session.roles().forEach(role -> roles.add(Fields.written(role)));
    return HttpResponse.json(
        200,
        Json.object()
            .put("account", session.account())
            .put("roles", Json.texts(roles))
            .put("csrf", session.csrf())
            .put("expires", session.expiresAt().toString())
            .build());
  }
}
