package dev.interdict.server.web;

import dev.interdict.server.access.Browser;
import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.LoginOutcome.Refused;
import dev.interdict.server.access.LoginOutcome.SignedIn;
import dev.interdict.server.access.LoginOutcome.TooMany;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.Handler;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.Router;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.OnBehalf;
import dev.interdict.server.web.Page.Ask;
import dev.interdict.server.web.Page.Missing;
import dev.interdict.server.web.Page.Senseless;
import dev.interdict.server.web.Page.Shown;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The console's routes on the admin listener: every page for people who are signed in, what their
/// forms do, signing in and out, and the files that pages need. Thread-safe; holds nothing between
/// two requests.
public final class Console {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  static final String LOGIN = "/login";

  private final List<Page> pages;
  private final Sessions sessions;
  private final Gate gate;
  private final Sheets sheets;

  /// @param pages what is served to people who are signed in
  /// @param oidc whether people may sign in by an identity provider
  /// @param random for what forms are known by
  public Console(
      List<Page> pages,
      Masthead masthead,
      Sessions sessions,
      Gate gate,
      boolean oidc,
      RandomGenerator random) {
    this.pages = List.copyOf(pages);
    this.sessions = sessions;
    this.gate = gate;
    this.sheets = new Sheets(masthead, pages.stream().map(Page::path).toList(), oidc, random);
  }

  /// Adds the routes. What no other route of the listener answers gets a page that says so.
  ///
  /// @param api what pages ask, and forms do
  public void addTo(Router router, Api api) {
    for (var page : pages) {
      router.get(page.path(), new Served(page, api));
    }
    var deeds = new Deeds(api, gate, sessions, sheets, (sent, on) -> again(router, sent, on));
    deeds.addTo(router, this::safely);
    router
        .get(Assets.PREFIX + "{name}", this::asset)
        .get(LOGIN, request -> safely(request, () -> loginForm(request)))
        .post(LOGIN, Router.FORM, request -> safely(request, () -> signIn(request)))
        .post("/logout", Router.FORM, request -> safely(request, () -> signOut(request)))
        .get("/{rest...}", request -> safely(request, () -> nothing(request)));
  }

  /// The page on which somebody signed in confirms a sign-in at a command line.
  public CommandLineRoutes commandLines(CommandLines commandLines, InstantSource clock) {
    return new CommandLineRoutes(commandLines, sessions, gate, clock, sheets);
  }

  /// What keeps a form while somebody proves at the identity provider who they are.
  public KeptFormRoutes keptForms(KeptForms forms) {
    return new KeptFormRoutes(forms, gate, sheets);
  }

  /// Shows a page to whoever is signed in.
  private final class Served implements Handler {
    private final Page page;
    private final Api api;

    Served(Page page, Api api) {
      this.page = page;
      this.api = api;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      return safely(
          request,
          () -> {
            var chosen = Display.chosen(request);
            if (chosen != null) {
              return chosen;
            }
            var session = gate.session(request);
            return session == null ? Console.login(request) : show(request, session, null);
          });
    }

    HttpResponse show(HttpRequest request, Session session, @Nullable Sent sent) {
      var ask =
          new Ask(
              Visitor.words(request),
              new Query(request.parameters()),
              request.captured(),
              session,
              new Asking(api, session, request),
              sent);
      var status = sent == null ? 200 : sent.status();
      try {
        return switch (page.show(ask)) {
          case Shown shown -> sheets.page(status, shown, page.path(), ask, request);
          case Missing _ -> sheets.refused(404, "", "", page.path(), ask, request);
          case Senseless(var why) -> sheets.refused(400, "", why, page.path(), ask, request);
        };
      } catch (RefusedException e) {
        return sheets.refused(
            e.response().status(),
            Asking.kind(e.response()),
            e.response().status() == 400 ? Asking.told(e).text("detail") : "",
            page.path(),
            ask,
            request);
      }
    }
  }

  /// Shows the page on which a form was sent.
  private HttpResponse again(Router router, Sent sent, Deeds.On on) {
    return router.match("GET", on.page().path())
            instanceof Router.Match.Found(Served served, _, _, var captured)
        ? served.show(on.page().with(captured), on.session(), sent)
        : sheets.error(404, null, on.page());
  }

  static HttpResponse login(HttpRequest request) {
    return HttpResponse.seeOther(Href.to(LOGIN).with("to", Destination.of(request)).address());
  }

  private HttpResponse loginForm(HttpRequest request) {
    var to = Destination.checked(request.parameter("to"));
    return gate.session(request) == null
        ? sheets.login(200, to, LoginView.Refusal.of(request.parameter("oidc")), request)
        : HttpResponse.seeOther(to);
  }

  private HttpResponse signIn(HttpRequest request) {
    var name = request.field("name");
    var password = request.field("password");
    var code = request.field("code");
    if (name == null || password == null || !Gate.fromOwnPage(request)) {
      return sheets.error(403, null, request);
    }
    var to = Destination.checked(request.field("to"));
    return switch (sessions.signIn(name, password, code, request.address(), Browser.of(request))) {
      case SignedIn signedIn -> Gate.signedIn(HttpResponse.seeOther(to), request, signedIn);
      case Refused _ -> sheets.login(401, to, LoginView.Refusal.PASSWORD, request);
      case TooMany(var wait) ->
          sheets
              .error(429, null, request)
              .with("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
    };
  }

  private HttpResponse signOut(HttpRequest request) {
    var answer = gate.only(Role.VIEWER, (asked, _) -> ended(asked)).handle(request);
    return switch (answer.status()) {
      case 401 -> HttpResponse.seeOther(LOGIN);
      case 403 -> sheets.error(403, null, request);
      default -> answer;
    };
  }

  private HttpResponse ended(HttpRequest request) {
    var id = Gate.sessionId(request);
    if (id != null) {
      sessions.signOut(id);
    }
    return HttpResponse.seeOther(LOGIN).with("Set-Cookie", Gate.noCookie(request));
  }

  private HttpResponse nothing(HttpRequest request) {
    return request.path().startsWith("/api/")
        ? HttpResponse.problem(
            404,
            "not-found",
            "There is nothing at this address.",
            "/api/v1/openapi.json describes what there is")
        : sheets.error(404, null, request);
  }

  private HttpResponse asset(HttpRequest request) {
    var asset = sheets.assets().at(request.path()).orElse(null);
    if (asset == null) {
      return sheets.error(404, null, request);
    }
    // Pages are never packed: their length would tell of the secret they carry (BREACH).
    var packs =
        request.headers().getOrDefault("accept-encoding", List.of()).stream()
            .flatMap(each -> Stream.of(each.split("[, ]+", -1)))
            .anyMatch("gzip"::equals);
    var response =
        HttpResponse.of(200, asset.type(), packs ? asset.packed() : asset.content())
            .with("Cache-Control", "public, max-age=31536000, immutable")
            .with("Vary", "Accept-Encoding");
    return packs ? response.with("Content-Encoding", "gzip") : response;
  }

  /// One of the work's answer and a page that says what went wrong.
  private HttpResponse safely(HttpRequest request, Supplier<HttpResponse> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      return sheets.error(e.response().status(), null, request);
    } catch (BusyException e) {
      return sheets.busy(request);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a page failed");
      // By which the line above, the answer's header and the audit log name it as well.
      return sheets.error(500, OnBehalf.request(), request);
    }
  }
}
