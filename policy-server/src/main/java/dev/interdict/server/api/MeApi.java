package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scope.Scope;
import java.util.List;

/// Who asks, as the server sees it, and where else they are signed in. Thread-safe.
final class MeApi implements Operations.Resource {
  private static final Schema.Named ME =
      Schema.named(
          "Me",
          needs("account", Schema.any()),
          needs("name", Schema.any()),
          needs("kind", Schema.any()),
          needs("roles", Schema.list(Schema.any(), Role.values().length)),
          needs("departments", Schema.list(Schema.any(), Scope.MOST)),
          needs("expires", Schema.instant()),
          needs("second-factor", new Schema.Flag()));

  private static final Excerpt OPENED =
      new Excerpt(
          "sessions",
          Schema.named(
              "MySession",
              needs("current", new Schema.Flag()),
              needs("opened", Schema.instant()),
              needs("last-used", Schema.instant()),
              needs("expires", Schema.instant()),
              needs("address", Schema.any())),
          100);

  private final Accounts accounts;
  private final Sessions sessions;
  private final SecondFactors factors;

  MeApi(Accounts accounts, Sessions sessions, SecondFactors factors) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.factors = factors;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/me", "getMe", "Who asks, and what they may do")
            .answers(200, ME)
            .may(Role.VIEWER)
            .does(Reach.APART, this::me),
        Operation.get(
                "/me/sessions",
                "listMySessions",
                "Where else whoever asks is signed in, the one used last first; of those left out"
                    + " endMySessions ends all")
            .answers(200, Schema.named("MySessions", OPENED.rows(), OPENED.leftOut()))
            .may(Role.VIEWER)
            .does(Reach.APART, this::opened),
        Operation.post("/me/sessions/end", "endMySessions", "Signs them out everywhere but here")
            .answers(200, Schema.named("EndedSessions", may("ended", Schema.count())))
            .may(Role.VIEWER)
            .personal()
            .does(
                Reach.APART,
                call ->
                    HttpResponse.json(
                        200,
                        Json.object().put("ended", sessions.endOthers(call.session())).build())));
  }

  private HttpResponse me(Call call) {
    var session = call.session();
    return HttpResponse.json(
        200,
        Json.object()
            .put("account", session.account())
            .put("name", accounts.display(session.account()))
            .put("kind", Fields.written(session.kind()))
            .put("roles", Json.texts(call.roles().stream().map(Fields::written).toList()))
            .put("departments", Json.texts(session.scope().named()))
            .put("expires", session.expiresAt().toString())
            .put(
                "second-factor",
                session.kind() == Session.Kind.PERSON && factors.isAskedFor(session.account()))
            .build());
  }

  private HttpResponse opened(Call call) {
    var session = call.session();
    // A token is no session, and a person's are none of its business.
    var all =
        session.kind() == Session.Kind.TOKEN
            ? List.<Sessions.Opened>of()
            : sessions.beside(session);
    return HttpResponse.json(200, OPENED.put(Json.object(), all, MeApi::json).build());
  }

  private static Json.Obj json(Sessions.Opened one) {
    return Json.object()
        .put("current", one.current())
        .put("opened", one.opened().toString())
        .put("last-used", one.lastUsed().toString())
        .put("expires", one.expires().toString())
        .put("address", one.address())
        .build();
  }
}
