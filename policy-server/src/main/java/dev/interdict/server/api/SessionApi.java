package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Browser;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scope.Scope;
import java.util.List;
import java.util.TreeSet;

/// Signing in and out by JSON. Thread-safe.
final class SessionApi implements Operations.Resource {
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
            .does(Reach.APART, this::signIn),
        Operation.get("/session", "getSession", "The session of whoever asks")
            .answers(200, SESSION)
            .may(Role.VIEWER)
            .does(Reach.APART, call -> answer(call.session())),
        Operation.post("/session/prove", "proveSession", "Takes a password or a code once more")
            .takes(may("password", Schema.text(1_000)), may("code", Schema.text(100)))
            .answers(200, SESSION)
            .may(Role.VIEWER)
            .secret()
            .does(Reach.APART, this::prove),
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
            .does(Reach.APART, this::confirm),
        Operation.post("/session/end", "endSession", "Signs out")
            .may(Role.VIEWER)
            .does(Reach.APART, call -> signOut(call.request(), call.session())));
  }

  private HttpResponse signIn(Call call) {
    var request = call.request();
    if (request.header("origin") != null && !Gate.fromOwnPage(request)) {
      return Gate.foreign();
    }
    var outcome =
        sessions.signIn(
            call.member("name"),
            call.member("password"),
            call.optionalMember("code"),
            request.address(),
            Browser.of(request));
    return answer(outcome, request);
  }

  /// Takes the password, or a code, once more.
  private HttpResponse prove(Call call) {
    var request = call.request();
    var session = call.session();
    var code = call.optionalMember("code");
    var password = call.optionalMember("password");
    var given = code == null ? password : code;
    if (given == null || code != null && password != null) {
      return HttpResponse.problem(422, "malformed", "A password or a code is needed.");
    }
    var id = Gate.sessionId(request);
    return id == null || session.kind() == Session.Kind.TOKEN
        ? HttpResponse.problem(403, "person", "Only a person may do this.")
        : answer(sessions.prove(id, session, given, request.address()), request);
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

  private HttpResponse confirm(Call call) {
    var recovery =
        factors.confirm(call.session().account(), call.session().account(), call.member("code"));
    return recovery == null
        ? HttpResponse.problem(422, "code", "A code of your app is needed.")
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
