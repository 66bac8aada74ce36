package dev.interdict.server.web;

import dev.interdict.json.Json;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.LoginOutcome.SignedIn;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import dev.interdict.server.store.BusyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the forms on pages do ([Deed]). What is done leads back to the page, which says so; what is
/// not is shown on it with all that was typed. Who has to prove who they are does so in between,
/// and nothing of the form is lost. Also the files that pages offer. Thread-safe.
final class Deeds {
  /// A rule's text, each character of which may be nine in a form; or two copies of a file that was
  /// signed elsewhere.
  static final int LARGEST = 4 << 20;

  private static final String STEP_UP = "step-up";
  private static final Pattern MEMBER = Pattern.compile("\\{([a-z-]{1,40})}");

  private final Api api;
  private final Gate gate;
  private final Sessions sessions;
  private final Sheets sheets;
  private final Showing showing;

  /// @param showing shows the page on which a form was sent
  Deeds(Api api, Gate gate, Sessions sessions, Sheets sheets, Showing showing) {
    this.api = api;
    this.gate = gate;
    this.sessions = sessions;
    this.sheets = sheets;
    this.showing = showing;
  }

  /// Where and by whom a form was sent.
  ///
  /// @param page the request that got the form's page
  record On(HttpRequest page, Session session) {}

  @FunctionalInterface
  interface Showing {
    HttpResponse show(Sent sent, On on);
  }

  @FunctionalInterface
  interface Safely {
    HttpResponse answer(HttpRequest request, Supplier<HttpResponse> work);
  }

  void addTo(Router router, Safely safely) {
    router
        .post(
            Deed.PATH + "/{operation}",
            LARGEST,
            Admission.byHead(
                head -> gate.session(head) == null ? Console.login(head.get("/")) : null),
            request ->
                safely.answer(
                    request, () -> let(request, (form, session) -> sent(form, session, safely))))
        .get("/export/{operation}", request -> safely.answer(request, () -> export(request)))
        .post(
            "/prove",
            Router.FORM,
            request -> safely.answer(request, () -> let(request, this::proved)));
  }

  private HttpResponse let(HttpRequest request, Gate.SignedInHandler handler) {
    var answer = gate.only(Role.VIEWER, handler).handle(request);
    var problem = answer.headers().stream().anyMatch(each -> each.value().endsWith("problem+json"));
    return !problem
        ? answer
        : answer.status() == 401
            ? Console.login(request.get(back(request)))
            : sheets.error(answer.status(), null, request);
  }

  private static String back(HttpRequest request) {
    return Destination.checked(request.field("_back"));
  }

  private HttpResponse sent(HttpRequest request, Session session, Safely safely) {
    if (request.field("_proof") == null) {
      return carriedOut(request, session);
    }
    var proved = prove(request, session);
    if (proved == null) {
      return ask(request, session, true);
    }
    // The session has a new id by now: whoever is not told it is signed out, also by a failure.
    return safely
        .answer(request, () -> carriedOut(request, proved.session()))
        .with("Set-Cookie", Gate.cookie(request, proved.id()));
  }

  private HttpResponse carriedOut(HttpRequest request, Session session) {
    var page = request.get(back(request));
    var on = new On(page, session);
    var wanted = request.field("_expected");
    if (wanted != null && !wanted.equals(request.field("_confirm"))) {
      var problem =
          Json.object()
              .put("type", "urn:interdict:problem:confirm")
              .put(
                  "errors",
                  List.of(
                      Json.object()
                          .put("at", "/_confirm")
                          .put("message", "\"" + wanted + "\"")
                          .build()));
      return showing.show(of(request, 422, new Row(problem.build()), ""), on);
    }
    var operation = request.part("operation");
    HttpResponse answer;
    try {
      answer = api.carryOut(operation, request, session);
    } catch (BusyException e) {
      var problem = Json.object().put("type", "urn:interdict:problem:busy").build();
      return showing
          .show(of(request, 503, new Row(problem), ""), on)
          .with("Retry-After", String.valueOf(Sheets.SOON));
    }
    var row = Asking.parsed(answer);
    if (Asking.kind(answer).equals(STEP_UP)) {
      return ask(request, session, false);
    }
    var then = request.field("_then");
    var secret = request.field("_secret") != null;
    // What was done to some of several is told at once, with those to which it was not.
    if (answer.status() >= 400 || secret || !row.rows("failed").isEmpty()) {
      return showing.show(of(request, answer.status(), row, row.text("request-id")), on);
    }
    var next = then == null ? back(request) : Destination.checked(filled(then, row));
    // Written down, but nobody could sign it: devices know nothing of it yet.
    return Done.tell(HttpResponse.seeOther(next), told(operation, row), request);
  }

  private static String told(String operation, Row answer) {
    return answer.has("unpublished")
        ? "unpublished"
        : answer.flag("already") ? operation + ".already" : operation;
  }

  private static Sent of(HttpRequest request, int status, Row row, String id) {
    return new Sent(request.target(), request.form(), status, row, id);
  }

  private static String filled(String pattern, Row row) {
    return MEMBER
        .matcher(pattern)
        .replaceAll(found ->
            java.util.regex.Matcher.quoteReplacement(Href.encoded(row.text(found.group(1)))));
  }

  /// Shows what asks for a proof, with all of a form in it.
  private HttpResponse ask(HttpRequest request, Session session, boolean refused) {
    var form = new LinkedHashMap<String, List<String>>();
    request
        .form()
        .forEach((name, values) -> {
          if (!KeptFormRoutes.OWN.contains(name)) {
            form.put(name, values);
          }
        });
    return sheets.prove(
        request.target(), form, back(request), refused, session, request.get(back(request)));
  }

  private @Nullable SignedIn prove(HttpRequest request, Session session) {
    var id = Gate.sessionId(request);
    var proof = request.field("_proof");
    return id != null
            && proof != null
            && session.kind() != Session.Kind.TOKEN
            && sessions.prove(id, session, proof, request.address()) instanceof SignedIn signedIn
        ? signedIn
        : null;
  }

  /// Goes on to a file that wants a proof first.
  private HttpResponse proved(HttpRequest request, Session session) {
    var proved = prove(request, session);
    var back = back(request);
    return proved == null
        ? sheets.prove(
            "/prove", Map.of("_back", List.of(back)), back, true, session, request.get(back))
        : HttpResponse.seeOther(back).with("Set-Cookie", Gate.cookie(request, proved.id()));
  }

  /// A file that the API makes, for a link on a page.
  private HttpResponse export(HttpRequest request) {
    var session = gate.session(request);
    if (session == null) {
      return Console.login(request);
    }
    var parameters = new LinkedHashMap<String, List<String>>();
    request
        .parameters()
        .forEach((name, values) -> {
          // A field that was left empty says nothing, as in other forms.
          var given = values.stream().filter(value -> !value.isBlank()).toList();
          if (!given.isEmpty()) {
            parameters.put(name, new ArrayList<>(given));
          }
        });
    var answer = api.read(request.part("operation"), parameters, session, request);
    if (answer.status() < 400) {
      return answer;
    }
    var here = Destination.of(request);
    return Asking.kind(answer).equals(STEP_UP)
        ? sheets.prove("/prove", Map.of("_back", List.of(here)), here, false, session, request)
        : sheets.error(answer.status(), null, request);
  }
}
