package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Browser;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Signing in and out by JSON. Thread-safe.
final class SessionApi implements Operations.Resource {
  private static final JsonLimits LIMITS = new JsonLimits(4 << 10, 4, 1_000, 20, false);

  static final Schema.Named SESSION =
      Schema.named(
          "Session",
          needs("account", Schema.any()),
          needs("kind", Schema.any()),
          needs("roles", Schema.list(Schema.any(), Role.values().length)),
          needs("scope", Schema.list(Schema.any(), Scope.MOST)),
          needs("csrf", Schema.any()),
          needs("expires", Schema.instant()),
          needs("proved", Schema.instant()));

  private final Sessions sessions;
  private final SecondFactors factors;

  SessionApi(Sessions sessions, SecondFactors factors) {
    this.sessions = sessions;
    this.factors = factors;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post("/session", "signIn", "Signs a person in")
            .takes(
                needs("name", Schema.text(200)),
                needs("password", Schema.text(1_000)),
                may("code", Schema.text(100)))
            .answers(200, SESSION)
            .refuses(401, 403)
            .does(Reach.APART, call -> signIn(call.request())),
        Operation.get("/session", "getSession", "The session of whoever asks")
            .answers(200, SESSION)
            .may(Role.VIEWER)
            .does(Reach.APART, call -> answer(call.session())),
        Operation.post("/session/prove", "proveSession", "Takes a password or a code once more")
            .takes(may("password", Schema.text(1_000)), may("code", Schema.text(100)))
            .answers(200, SESSION)
            .may(Role.VIEWER)
            .secret()
            .does(Reach.APART, call -> prove(call.request(), call.session())),
        Operation.post("/session/totp", "enrolTotp", "Begins a second factor")
            .answers(
                200,
                Schema.named(
                    "TotpEnrolment", needs("secret", Schema.any()), needs("uri", Schema.any())))
            .may(Role.VIEWER)
            .personal()
            .secret()
            .does(Reach.APART, call -> enrol(call.request(), call.session())),
        Operation.post("/session/totp/confirm", "confirmTotp", "Confirms it by a first code")
            .takes(needs("code", Schema.text(100)))
            .answers(
                200,
                Schema.named(
                    "RecoveryCodes",
                    needs(
                        "recovery-codes", Schema.list(Schema.any(), SecondFactors.RECOVERY_CODES))))
            .may(Role.VIEWER)
            .personal()
            .secret()
            .does(Reach.APART, call -> confirm(call.request(), call.session())),
        Operation.post("/session/end", "endSession", "Signs out")
            .may(Role.VIEWER)
            .does(Reach.APART, call -> signOut(call.request(), call.session())));
  }

  /// The fields of a request's JSON that this address takes, each a text.
  private static Map<String, String> texts(HttpRequest request, List<String> names, String needed) {
    var type = request.header("content-type");
    if (type == null || !type.startsWith("application/json")) {
      throw new RefusedException(
          HttpResponse.problem(415, "media-type", "This address takes JSON."));
    }
    try {
      var faults = new ArrayList<Fault>();
      var fields = Fields.of(JsonReader.read(request.body(), LIMITS), faults);
      var texts = new HashMap<String, String>();
      for (var name : names) {
        var text = fields.optionalText(name);
        if (text != null) {
          texts.put(name, text);
        }
      }
      fields.end();
      if (faults.isEmpty()) {
        return texts;
      }
    } catch (JsonException e) {
      // Said below.
    }
    throw new RefusedException(HttpResponse.problem(422, "malformed", needed));
  }

  private HttpResponse signIn(HttpRequest request) {
    var needed = "A name and a password are needed, and a code if you set one up.";
    var texts = texts(request, List.of("name", "password", "code"), needed);
    if (request.header("origin") != null && !Gate.fromOwnPage(request)) {
      return HttpResponse.problem(403, "cross-site", "This did not come from our page.");
    }
    var name = texts.get("name");
    var password = texts.get("password");
    if (name == null || password == null) {
      return HttpResponse.problem(422, "malformed", needed);
    }
    var outcome =
        sessions.signIn(name, password, texts.get("code"), request.address(), Browser.of(request));
    return answer(outcome, request);
  }

  /// Takes the password, or a code, once more.
  private HttpResponse prove(HttpRequest request, Session session) {
    var needed = "A password or a code is needed.";
    var texts = texts(request, List.of("password", "code"), needed);
    var given = texts.getOrDefault("code", texts.get("password"));
    var id = Gate.sessionId(request);
    if (given == null || texts.size() != 1) {
      return HttpResponse.problem(422, "malformed", needed);
    }
    return id == null || session.kind() == Session.Kind.TOKEN
        ? HttpResponse.problem(403, "person", "Only a person may do this.")
        : answer(sessions.prove(id, session, given), request);
  }

  private static HttpResponse answer(LoginOutcome outcome, HttpRequest request) {
    return switch (outcome) {
      case LoginOutcome.SignedIn signedIn ->
          Gate.signedIn(answer(signedIn.session()), request, signedIn);
      case LoginOutcome.Refused _ ->
          HttpResponse.problem(401, "sign-in", "Name, password or code is wrong.");
      case LoginOutcome.TooMany(var wait) ->
          HttpResponse.problem(429, "too-many", "Too many attempts; try again later.")
              .with("Retry-After", Long.toString(wait.toSeconds() + 1));
    };
  }

  private HttpResponse enrol(HttpRequest request, Session session) {
    var enrolment = factors.enrol(session.account(), "Interdict");
    return enrolment == null
        ? HttpResponse.problem(
            409, "totp", "There is a second factor; an administrator removes it first.")
        : HttpResponse.json(
            200,
            Json.object().put("secret", enrolment.secret()).put("uri", enrolment.uri()).build());
  }

  private HttpResponse confirm(HttpRequest request, Session session) {
    var needed = "A code of your app is needed.";
    var code = texts(request, List.of("code"), needed).get("code");
    var recovery = code == null ? null : factors.confirm(session.account(), code);
    return recovery == null
        ? HttpResponse.problem(422, "code", needed)
        : HttpResponse.json(200, Json.object().put("recovery-codes", Json.texts(recovery)).build());
  }

  private HttpResponse signOut(HttpRequest request, Session session) {
    if (session.kind() == Session.Kind.TOKEN) {
      return HttpResponse.problem(403, "person", "A token ends by being revoked.");
    }
    var id = Gate.sessionId(request);
    if (id != null) {
      sessions.signOut(id);
    }
    return HttpResponse.empty(204).with("Set-Cookie", Gate.noCookie(request));
  }

  static HttpResponse answer(Session session) {
    var roles = new TreeSet<String>();
    session.roles().forEach(role -> roles.add(Fields.written(role)));
    return HttpResponse.json(
        200,
        Json.object()
            .put("account", session.account())
            .put("kind", Fields.written(session.kind()))
            .put("roles", Json.texts(roles))
            .put("scope", Json.texts(session.scope().named()))
            .put("csrf", session.csrf())
            .put("expires", session.expiresAt().toString())
            .put("proved", session.provedAt().toString())
            .build());
  }
}
