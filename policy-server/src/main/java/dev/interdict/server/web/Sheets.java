package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.web.ErrorView.Retry;
import dev.interdict.server.web.Frame.Doing;
import dev.interdict.server.web.Frame.Person;
import dev.interdict.server.web.Page.Ask;
import dev.interdict.server.web.Page.Shown;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes whole documents of views. They hold no inline style or script, since the headers that
/// every answer carries forbid them. Thread-safe.
final class Sheets {
  private static final Set<Integer> EXPLAINED = Set.of(400, 403, 404, 405, 429, 500, 503);
  private static final Set<String> KNOWN = Set.of("role", "scope");
  private static final int ONCE = 16;

  /// Seconds after which the server may have time again.
  static final int SOON = 30;

  private final Masthead masthead;
  private final List<String> served;
  private final boolean oidc;
  private final RandomGenerator random;
  private final Assets assets = new Assets();
  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Sheets.class.getClassLoader(),
          "dev.interdict.server.web.templates");

  /// @param served the paths of the pages that there are
  Sheets(Masthead masthead, List<String> served, boolean oidc, RandomGenerator random) {
    this.masthead = masthead;
    this.served = served;
    this.oidc = oidc;
    this.random = random;
  }

  Assets assets() {
    return assets;
  }

  /// A page with the way to all others around it.
  ///
  /// @param path of the page, as a pattern
  /// @param request by which one gets it
  HttpResponse page(int status, Shown shown, String path, Ask ask, HttpRequest request) {
    var words = ask.words();
    var session = ask.session();
    var role =
        session.roles().stream().max(Comparator.naturalOrder()).map(each -> words.of("role", each));
    var done = Done.message(request, words);
    var entries =
        Navigation.entries(path, served, masthead.within(session.scope()), ask.api(), words);
    var doing = new Doing(ask.api(), ask.sent(), done, this::once);
    var frame = frame(request, shown, session, role.orElse(""), entries, doing);
    var answer = sheet(status, frame, shown.view(), request);
    return done == null ? answer : Done.told(answer, request);
  }

  /// Why somebody signed in does not get a page.
  ///
  /// @param kind of the API's problem; empty where it was not asked
  /// @param why what of the address is not understood, as programs are told it; empty for other
  ///   reasons
  HttpResponse refused(
      int status, String kind, String why, String path, Ask ask, HttpRequest request) {
    var words = ask.words();
    var view =
        KNOWN.contains(kind)
            ? new ErrorView(
                status,
                words.text("refused.title"),
                words.text("refused." + kind),
                null,
                false,
                "refused.jte")
            : explanation(status, null, "refused.jte", false, words).because(why);
    return page(status, new Shown(view.title(), List.of(), view, 0), path, ask, request);
  }

  /// @param refusal why somebody was not let in; null where they have not tried
  HttpResponse login(
      int status, String to, LoginView.@Nullable Refusal refusal, HttpRequest request) {
    var words = Visitor.words(request);
    var again = refusal != null && refusal.isOfPerson();
    var view = new LoginView(to, refusal, provider(to, again));
    var shown = new Shown(words.text("login.title"), List.of(), view, 0);
    return sheet(status, frame(request, shown, null, "", List.of(), Doing.NOTHING), view, request);
  }

  /// Asks for a password or a code before a form is carried out, or a page shown.
  ///
  /// @param form what was sent, to be sent again
  /// @param to where to prove it at the company's identity provider leads
  HttpResponse prove(
      String action,
      Map<String, List<String>> form,
      String to,
      boolean refused,
      Session session,
      HttpRequest request) {
    var words = Visitor.words(request);
    var view = new ProveView(action, form, to, refused, provider(to, true));
    return alone(refused ? 403 : 200, words.text("prove.title"), view, session, request);
  }

  /// Shows what was typed before somebody went to prove at the identity provider who they are.
  ///
  /// @param proved whether they did, and have not only come back
  /// @param kept null where nothing is kept any more
  HttpResponse kept(
      boolean proved, KeptFormRoutes.@Nullable Kept kept, Session session, HttpRequest request) {
    var back = kept == null ? null : kept.form().get("_back");
    var to = Destination.checked(back == null ? null : back.getFirst());
    var view =
        kept == null
            ? new KeptView(proved, "", Map.of(), to)
            : new KeptView(proved, kept.action(), kept.form(), to);
    var title = Visitor.words(request).text(kept == null ? "prove.kept.gone" : "prove.kept.title");
    return alone(kept == null ? 404 : 200, title, view, session, request);
  }

  private @Nullable Href provider(String to, boolean again) {
    var href = Href.to(OidcRoutes.START).with("to", to);
    return oidc ? again ? href.with("again", "1") : href : null;
  }

  /// A page of its own for somebody signed in, without the way to others.
  HttpResponse alone(int status, String title, View view, Session session, HttpRequest request) {
    var shown = new Shown(title, List.of(), view, 0);
    return sheet(
        status, frame(request, shown, session, "", List.of(), Doing.NOTHING), view, request);
  }

  /// @param id under which the server's log says more, or null
  HttpResponse error(int status, @Nullable String id, HttpRequest request) {
    var sent = request.method().equals("POST");
    var back = sent && request.isForm() ? request.field("_back") : null;
    // What was sent is not sent anew by a link, so that the way on leads to its page.
    var here = back == null ? request : request.get(Destination.checked(back));
    return explained(
        status, explanation(status, id, "error.jte", sent, Visitor.words(request)), here);
  }

  private HttpResponse explained(int status, ErrorView view, HttpRequest here) {
    var shown = new Shown(view.title(), List.of(), view, 0);
    return sheet(status, frame(here, shown, null, "", List.of(), Doing.NOTHING), view, here);
  }

  /// In a moment it has time again: who only reads need not even ask again, unless they said that
  /// they want to.
  HttpResponse busy(HttpRequest request) {
    var after = String.valueOf(SOON);
    if (!request.method().equals("GET")) {
      return error(503, null, request).with("Retry-After", after);
    }
    var words = Visitor.words(request);
    var retry = Retry.of(new Query(request.parameters()), request.path());
    var view = explanation(503, null, "error.jte", false, words);
    var said = retry.on() ? view.text() : words.text("error.503.still", SOON);
    var answer = explained(503, view.waiting(retry, said), request).with("Retry-After", after);
    return retry.on() ? answer.with("Refresh", after) : answer;
  }

  /// @param sent whether something was to be done: of a failure nobody knows how far it got
  private static ErrorView explanation(
      int status, @Nullable String id, String template, boolean sent, Words words) {
    var key = "error." + (EXPLAINED.contains(status) ? status : status < 500 ? 400 : 500);
    var text =
        words.keys().contains(key + ".sent") && sent
            ? words.text(key + ".sent", SOON)
            : words.text(key + ".text", SOON);
    return new ErrorView(status, words.text(key + ".title"), text, id, sent, template);
  }

  private Duration left(Session session) {
    return Duration.between(masthead.now(), session.expiresAt());
  }

  private String once() {
    var bytes = new byte[ONCE];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Frame frame(
      HttpRequest request,
      Shown shown,
      @Nullable Session session,
      String role,
      List<Frame.Entry> entries,
      Doing doing) {
    var query = new Query(request.parameters());
    var path =
        request.method().equals("GET") || request.path().equals(CommandLineRoutes.PATH)
            ? request.path()
            : "/login";
    return new Frame(
        Visitor.words(request),
        shown.title(),
        shown.crumbs(),
        entries,
        entries.isEmpty() ? "" : masthead.issuer(),
        session == null ? null : new Person(session.called(), role, session.csrf(), left(session)),
        doing,
        query.at(path, Visitor.KEY, "en").address(),
        query.at(path, Visitor.KEY, "zh-CN").address(),
        query.at(path, Visitor.KEY, ""),
        Display.of(request),
        Retry.isOff(query) ? 0 : shown.refresh(),
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
