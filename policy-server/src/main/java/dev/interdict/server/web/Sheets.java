package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.web.Frame.Entry;
import dev.interdict.server.web.Frame.Person;
import dev.interdict.server.web.Page.Shown;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes whole documents of views. They hold no inline style or script, since the headers that
/// every answer carries forbid them. Thread-safe.
final class Sheets {
  private static final Set<Integer> EXPLAINED = Set.of(400, 403, 404, 405, 429, 500, 503);

  private final Masthead masthead;
  private final Assets assets;
  private final boolean oidc;
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Sheets.class.getClassLoader(),
          "dev.interdict.server.web.templates");

  Sheets(Masthead masthead, Assets assets, boolean oidc) {
    this.oidc = oidc;
    this.masthead = masthead;
    this.assets = assets;
  }

  HttpResponse page(Shown shown, Page page, Session session, HttpRequest request) {
    var words = Visitor.words(request);
    var role =
        session.roles().stream().max(Comparator.naturalOrder()).map(each -> words.of("role", each));
    var frame =
        frame(
            words,
            shown,
            entries(page, session.scope(), words),
            masthead.issuer(),
            new Person(session.account(), role.orElse(""), session.csrf(), left(session)),
            request);
    return sheet(200, frame, shown.view(), request);
  }

  HttpResponse login(int status, String to, boolean refused, HttpRequest request) {
    var words = Visitor.words(request);
    var shown =
        new Shown(
            words.text("login.title"), List.of(), new LoginView(to, refused, provider(to)), 0);
    return sheet(status, frame(words, shown, List.of(), "", null, request), shown.view(), request);
  }

  private @Nullable Href provider(String to) {
    return oidc ? Href.to(OidcRoutes.START).with("to", to) : null;
  }

  /// A page of its own for somebody signed in, without the way to others.
  HttpResponse alone(int status, String title, View view, Session session, HttpRequest request) {
    var words = Visitor.words(request);
    var shown = new Shown(title, List.of(), view, 0);
    var person = new Person(session.account(), "", session.csrf(), left(session));
    return sheet(status, frame(words, shown, List.of(), "", person, request), view, request);
  }

  /// @param id under which the server's log says more, or null
  HttpResponse error(int status, @Nullable String id, HttpRequest request) {
    var words = Visitor.words(request);
    var key = "error." + (EXPLAINED.contains(status) ? status : status < 500 ? 400 : 500);
    var title = words.text(key + ".title");
    var view = new ErrorView(status, title, words.text(key + ".text"), id);
    var shown = new Shown(title, List.of(), view, 0);
    return sheet(status, frame(words, shown, List.of(), "", null, request), shown.view(), request);
  }

  private Duration left(Session session) {
    return Duration.between(masthead.now(), session.expiresAt());
  }

  private List<Entry> entries(Page page, Scope scope, Words words) {
    return List.of(
        entry("/", "overview", null, page, words),
        entry("/rules", "rules", masthead.ruleCount(), page, words),
        entry("/devices", "devices", masthead.within(scope).deviceCount(), page, words));
  }

  private static Entry entry(
      String path, String name, @Nullable Long count, Page page, Words words) {
    var current = page.path().equals(path) || page.path().startsWith(path + "/");
    return new Entry(words.text("nav." + name), path, name, current, count);
  }

  private Frame frame(
      Words words,
      Shown shown,
      List<Entry> entries,
      String issuer,
      @Nullable Person person,
      HttpRequest request) {
    var query = new Query(request.parameters());
    var path =
        request.method().equals("GET") || request.path().equals(CommandLineRoutes.PATH)
            ? request.path()
            : "/login";
    return new Frame(
        words,
        shown.title(),
        shown.crumbs(),
        entries,
        issuer,
        person,
        query.at(path, Visitor.KEY, "en").address(),
        query.at(path, Visitor.KEY, "zh-CN").address(),
        query.at(path, Visitor.KEY, ""),
        Display.of(request),
        shown.refresh(),
        assets);
  }

  private HttpResponse sheet(int status, Frame frame, View view, HttpRequest request) {
    var output = new StringOutput(32 << 10);
    engine.render(view.template(), Map.of("frame", frame, "view", view), output);
    var response =
        HttpResponse.html(status, output.toString())
            // With the default of no referrer at all, browsers send our own forms with the origin
            // null, and they could not be told from a stranger's.
            .with("Referrer-Policy", "same-origin")
            .with("Vary", "Accept-Language, Cookie")
            .with("Content-Language", frame.words().tag());
    var cookie = Visitor.cookie(request);
    return cookie == null ? response : response.with("Set-Cookie", cookie);
  }
}
