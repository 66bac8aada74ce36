package dev.interdict.server.scim;

import dev.interdict.server.access.Gate;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.http.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/scim/v2` (RFC 7644). It stands beside the API for people: its messages, errors and paging are
/// the RFC's, and it describes itself by the RFC's own means. Nobody is let in but by a token that
/// is for SCIM. Thread-safe.
public final class ScimRoutes {
  /// How many users one answer holds at most.
  static final int MOST = 200;

  private static final int USUAL = 100;
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  /// What the RFC has and this server does not.
  private static final List<String> KNOWN =
      List.of(
          "Users", "Me", "Bulk", ".search", "ServiceProviderConfig", "ResourceTypes", "Schemas");

  private final Gate gate;
  private final Directory directory;
  private final Pacing pacing;

  /// How much one token may ask for.
  @FunctionalInterface
  public interface Pacing {
    /// After how many seconds to try again; 0 if it is let through.
    long wait(String account, boolean change);
  }

  public ScimRoutes(Gate gate, Directory directory, Pacing pacing) {
    this.gate = gate;
    this.directory = directory;
    this.pacing = pacing;
  }

  /// Answers a request of the directory.
  @FunctionalInterface
  private interface Action {
    HttpResponse run(HttpRequest request, String actor);
  }

  /// Adds the routes.
  public void addTo(Router router) {
    on(
        router,
        "GET",
        "/ServiceProviderConfig",
        (request, _) -> Scim.answer(200, Discovery.provider(base(request))));
    on(
        router,
        "GET",
        "/ResourceTypes",
        (request, _) -> Scim.list(1, 1, List.of(Discovery.userType(base(request)))));
    on(
        router,
        "GET",
        "/ResourceTypes/User",
        (request, _) -> Scim.answer(200, Discovery.userType(base(request))));
    on(
        router,
        "GET",
        "/Schemas",
        (request, _) -> Scim.list(1, 1, List.of(Discovery.userSchema(base(request)))));
    on(
        router,
        "GET",
        "/Schemas/" + Scim.USER,
        (request, _) -> Scim.answer(200, Discovery.userSchema(base(request))));
    on(router, "GET", "/Users", (request, _) -> list(request));
    on(router, "POST", "/Users", this::create);
    on(
        router,
        "GET",
        "/Users/{user}",
        (request, _) -> answer(directory.find(request.part("user")), request));
    on(
        router,
        "PUT",
        "/Users/{user}",
        (request, actor) -> change(request, actor, Said.user(Scim.body(request))));
    on(
        router,
        "PATCH",
        "/Users/{user}",
        (request, actor) -> change(request, actor, Said.patch(Scim.body(request))));
    on(router, "DELETE", "/Users/{user}", this::remove);
    for (var method : METHODS) {
      on(router, method, "/{rest...}", (request, _) -> throwNothing(request));
    }
  }

  private void on(Router router, String method, String path, Action action) {
    router.on(
        method,
        Scim.BASE + path,
        method.equals("GET") || method.equals("DELETE") ? Router.NO_BODY : Router.FORM,
        // Nobody's body is read who is let in nowhere.
        Admission.byHead(head -> gate.directory(head) == null ? stranger(head) : null),
        request -> handle(request, action));
  }

  private HttpResponse handle(HttpRequest request, Action action) {
    var actor = gate.directory(request);
    if (actor == null) {
      return stranger(request);
    }
    var wait = pacing.wait(actor, !request.method().equals("GET"));
    if (wait > 0) {
      return ScimError.answer(429, null, "too many requests; try again later")
          .with("Retry-After", Long.toString(wait));
    }
    return action.run(request, actor);
  }

  private HttpResponse stranger(HttpRequest request) {
    if (gate.session(request) != null) {
      return ScimError.answer(
          403,
          null,
          "SCIM takes a token that was made for it, and nobody's session or other token");
    }
    return ScimError.answer(
            401,
            null,
            "send a token that was made for SCIM as Authorization: Bearer; this one is not known,"
                + " has ended or was revoked, or there was none")
        .with("WWW-Authenticate", "Bearer realm=\"interdict-scim\"");
  }

  private HttpResponse list(HttpRequest request) {
    var filter = request.parameter("filter");
    var start = Math.max(1, number(request, "startIndex", 1));
    var count = Math.clamp(number(request, "count", USUAL), 0, MOST);
    var base = base(request);
    if (filter != null) {
      var found = directory.find(Filter.read(filter));
      var shown = start > 1 || count == 0 ? List.<ScimUser>of() : found;
      return Scim.list(found.size(), start, shown.stream().map(user -> user.json(base)).toList());
    }
    var page = directory.page(start, count).stream().map(user -> user.json(base)).toList();
    return Scim.list(directory.people(), start, page);
  }

  private static long number(HttpRequest request, String name, long absent) {
    var text = request.parameter(name);
    if (text == null) {
      return absent;
    }
    if (!text.matches("-?[0-9]{1,9}")) {
      throw ScimError.bad("invalidValue", name + " is a whole number");
    }
    return Long.parseLong(text);
  }

  private HttpResponse create(HttpRequest request, String actor) {
    var user = directory.create(actor, Said.user(Scim.body(request)));
    var base = base(request);
    return Scim.answer(201, user.json(base)).with("Location", user.location(base));
  }

  private HttpResponse change(HttpRequest request, String actor, Said said) {
    return answer(directory.change(actor, request.part("user"), said), request);
  }

  private static HttpResponse answer(@Nullable ScimUser user, HttpRequest request) {
    if (user == null) {
      throw missing("there is no user of this id");
    }
    return Scim.answer(200, user.json(base(request)));
  }

  private HttpResponse remove(HttpRequest request, String actor) {
    if (!directory.remove(actor, request.part("user"))) {
      throw missing("there is no user of this id");
    }
    return HttpResponse.empty(204);
  }

  private static HttpResponse throwNothing(HttpRequest request) {
    var first = request.part("rest").split("/", 2)[0];
    throw KNOWN.contains(first)
        ? ScimError.refused(501, "this server does not support " + request.method() + " of it")
        : missing(
            "there is nothing here but Users and what describes them; groups are not taken: roles"
                + " come from the groups of the ID token");
  }

  private static RefusedException missing(String detail) {
    return ScimError.refused(404, detail);
  }

  /// Where the client reached us.
  private static String base(HttpRequest request) {
    var host = request.header("host");
    return host == null
        ? Scim.BASE
        : (request.secure() ? "https://" : "http://") + host + Scim.BASE;
  }
}
