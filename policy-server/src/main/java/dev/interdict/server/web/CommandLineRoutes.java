package dev.interdict.server.web;

import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.LoginOutcome;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page where a person confirms a sign-in at a command line: they type the code, read who asks
/// and from where, and confirm or refuse. A link cannot type the code for them. Thread-safe.
public final class CommandLineRoutes {
  static final String PATH = "/command-line";

  private final CommandLines commandLines;
  private final Sessions sessions;
  private final Gate gate;
  private final InstantSource clock;
  private final Sheets sheets;

  CommandLineRoutes(
      CommandLines commandLines, Sessions sessions, Gate gate, InstantSource clock, Sheets sheets) {
    this.sheets = sheets;
    this.commandLines = commandLines;
    this.sessions = sessions;
    this.gate = gate;
    this.clock = clock;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router.get(PATH, this::form).post(PATH, Router.FORM, this::posted);
  }

  private HttpResponse form(HttpRequest request) {
    var session = gate.session(request);
    return session == null || session.kind() == Session.Kind.TOKEN
        ? HttpResponse.seeOther(Href.to("/login").with("to", PATH).address())
        : show(200, "", "", null, session, request);
  }

  private HttpResponse posted(HttpRequest request) {
    var answer = gate.only(Role.VIEWER, this::decide).handle(request);
    return switch (answer.status()) {
      case 401 -> HttpResponse.seeOther(Href.to("/login").with("to", PATH).address());
      case 403 -> sheets.error(403, null, request);
      default -> answer;
    };
  }

  private HttpResponse decide(HttpRequest request, Session session) {
    var code = Objects.requireNonNullElse(request.field("code"), "");
    var deed = Objects.requireNonNullElse(request.field("deed"), "look");
    var waiting = commandLines.waiting(session, code);
    if (waiting == null) {
      return show(404, "command-line.unknown", "", null, session, request);
    }
    if (deed.equals("refuse")) {
      commandLines.decide(session, code, false);
      return show(200, "command-line.refused", "", null, session, request);
    }
    if (!deed.equals("confirm")) {
      return show(200, "", code, waiting, session, request);
    }
    var now = session;
    String cookie = null;
    if (asksProof(session)) {
      var id = Gate.sessionId(request);
      var proof = Objects.requireNonNullElse(request.field("proof"), "");
      if (id == null
          || !(sessions.prove(id, session, proof, request.address())
              instanceof LoginOutcome.SignedIn(var fresh, var proved, _))) {
        return show(403, "command-line.unproved", code, waiting, session, request);
      }
      now = proved;
      cookie = Gate.cookie(request, fresh);
    }
    var done = commandLines.decide(now, code, true);
    var shown =
        show(
            done ? 200 : 404,
            done ? "command-line.confirmed" : "command-line.unknown",
            "",
            null,
            now,
            request);
    return cookie == null ? shown : shown.with("Set-Cookie", cookie);
  }

  private boolean asksProof(Session session) {
    return session.provedAt().plus(Gate.RECENTLY).isBefore(clock.instant());
  }

  private HttpResponse show(
      int status,
      String state,
      String code,
      CommandLines.@Nullable Waiting waiting,
      Session session,
      HttpRequest request) {
    var words = Visitor.words(request);
    var roles = session.roles().stream().sorted().map(role -> words.of("role", role)).toList();
    var view = new CommandLineView(state, code, waiting, asksProof(session), roles);
    return sheets.alone(status, words.text("command-line.title"), view, session, request);
  }
}
