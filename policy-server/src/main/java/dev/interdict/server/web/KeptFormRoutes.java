package dev.interdict.server.web;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.Admission;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import dev.interdict.server.http.SetCookie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a form while whoever sent it proves at the identity provider who they are, and shows it
/// again to be sent: nothing is done by coming back. Thread-safe.
public final class KeptFormRoutes {
  /// Where a form is sent to be kept.
  static final String KEEP = "/prove/provider";

  /// Where it is shown again.
  static final String KEPT = "/prove/kept";

  /// The field that says where a form would have gone.
  static final String ACTION = "_action";

  private static final String COOKIE = "interdict-kept";

  /// Fields that are not of the form that waits.
  static final Set<String> OWN = Set.of(Gate.CSRF_FIELD, "_proof", ACTION);

  private static final JsonLimits LIMITS =
      new JsonLimits(KeptForms.LARGEST, 8, KeptForms.LARGEST, 100_000, false);

  private final KeptForms forms;
  private final Gate gate;
  private final Sheets sheets;

  KeptFormRoutes(KeptForms forms, Gate gate, Sheets sheets) {
    this.forms = forms;
    this.gate = gate;
    this.sheets = sheets;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router
        .post(
            KEEP,
            Deeds.LARGEST,
            Admission.byHead(
                head -> gate.session(head) == null ? Console.login(head.get("/")) : null),
            this::posted)
        .get(KEPT, this::shown);
  }

  private HttpResponse posted(HttpRequest request) {
    var answer = gate.only(Role.VIEWER, this::keep).handle(request);
    return switch (answer.status()) {
      case 401 -> Console.login(request.get("/"));
      case 403 -> sheets.error(403, null, request);
      default -> answer;
    };
  }

  private HttpResponse keep(HttpRequest request, Session session) {
    var action = request.field(ACTION);
    if (action == null || !action.startsWith(Deed.PATH + "/")) {
      return sheets.error(400, null, request);
    }
    var form = Json.object();
    request
        .form()
        .forEach((name, values) -> {
          if (!OWN.contains(name)) {
            form.put(name, Json.texts(values));
          }
        });
    var kept = Json.object().put("action", action).put("form", form.build()).build();
    var bytes = JsonWriter.line(kept).getBytes(StandardCharsets.UTF_8);
    if (bytes.length > KeptForms.LARGEST) {
      return sheets.error(413, null, request);
    }
    var next = Href.to(OidcRoutes.START).with("to", KEPT).with("again", "1").address();
    return OidcRoutes.onward(next)
        .with(
            "Set-Cookie",
            SetCookie.field(
                request,
                name(request),
                forms.keep(session.account(), bytes),
                SetCookie.SameSite.STRICT,
                KeptForms.LONGEST.toSeconds()));
  }

  private HttpResponse shown(HttpRequest request) {
    var session = gate.session(request);
    if (session == null) {
      return Console.login(request);
    }
    var secret = request.cookie(name(request));
    var kept = secret == null ? null : forms.read(session.account(), secret).orElse(null);
    return sheets.kept(
        gate.unproved(session) == null, kept == null ? null : read(kept), session, request);
  }

  /// @param action where it is sent
  record Kept(String action, Map<String, List<String>> form) {}

  private static Kept read(byte[] bytes) {
    try {
      if (JsonReader.read(bytes, LIMITS) instanceof Json.Obj kept
          && kept.get("action") instanceof Json.Text(var action)
          && kept.get("form") instanceof Json.Obj form) {
        var fields = new LinkedHashMap<String, List<String>>();
        form.members().forEach((name, value) -> fields.put(name, texts(value)));
        return new Kept(action, fields);
      }
    } catch (JsonException e) {
      throw new IllegalStateException("this server kept what is no form", e);
    }
    throw new IllegalStateException("this server kept what is no form");
  }

  private static List<String> texts(@Nullable Json value) {
    var texts = new ArrayList<String>();
    if (value instanceof Json.Arr(var items)) {
      for (var item : items) {
        if (item instanceof Json.Text(var text)) {
          texts.add(text);
        }
      }
    }
    return List.copyOf(texts);
  }

  private static String name(HttpRequest request) {
    return SetCookie.ofHost(request, COOKIE);
  }
}
