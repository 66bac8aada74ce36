package dev.interdict.server.api;

import dev.interdict.identity.Printable;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.query.Asked;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request that fits its operation: parameters and body are what is described.
///
/// @param signedIn who asks; null where anybody may
/// @param parameters by name, each with all of its values
/// @param body an empty object where the operation takes none
record Call(
    HttpRequest request,
    @Nullable Session signedIn,
    Map<String, List<Json>> parameters,
    Json.Obj body) {
  /// Reads a request as `operation` describes it.
  ///
  /// @throws RefusedException with 400, 415, 422 or 428 if it does not fit
  static Call of(Operation operation, HttpRequest request, @Nullable Session session) {
    var call = new Call(request, session, parameters(operation, request), body(operation, request));
    if (operation.traits().seen() && request.header("if-match") == null) {
      throw Problem.refused(
          428,
          "if-match",
          "Say which version you read.",
          Sentence.of(
              "if-match.missing", "send the ETag of the version that you read as If-Match"));
    }
    return call;
  }

  private static Map<String, List<Json>> parameters(Operation operation, HttpRequest request) {
    var given = request.parameters();
    var known = operation.queryNames();
    for (var name : given.keySet()) {
      if (!known.contains(name)) {
        throw Problem.query(
            "unknown parameter \""
                + name
                + "\"; known here: "
                + (known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
    var read = new TreeMap<String, List<Json>>();
    for (var parameter : operation.parameters()) {
      var name = parameter.name();
      var values =
          parameter.in().equals("path")
              ? List.of(request.part(name))
              : given.getOrDefault(name, List.of());
      if (values.size() > 1 && parameter.most() == 1) {
        throw Problem.query("the parameter \"" + name + "\" is given twice");
      }
      if (values.isEmpty() && parameter.required()) {
        throw Problem.query("the parameter \"" + name + "\" is missing");
      }
      var all = new ArrayList<Json>();
      for (var value : values) {
        var json = parameter.read(value);
        var faults = SchemaCheck.faults(parameter.schema(), json);
        if (!faults.isEmpty()) {
          throw Problem.query("the parameter \"" + name + "\" " + faults.getFirst().what());
        }
        all.add(json);
      }
      read.put(name, List.copyOf(all));
    }
    return read;
  }

  private static Json.Obj body(Operation operation, HttpRequest request) {
    var schema = operation.body();
    if (schema == null) {
      // An empty object says as little, and some clients send one with every POST.
      var text = new String(request.body(), StandardCharsets.UTF_8);
      if (operation.changes() && !text.isEmpty() && !text.equals("{}")) {
        throw Problem.body(List.of(new Wrong("", Sentence.plain("this operation takes no body"))));
      }
      return Json.object().build();
    }
    if (request.body().length == 0 && Schema.isOptional(schema)) {
      return Json.object().build();
    }
    var type = request.header("content-type");
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new RefusedException(
          HttpResponse.problem(
              415,
              "media-type",
              "The body is of another media type than is taken here.",
              "this operation takes application/json, not "
                  + (type == null ? "a body without Content-Type" : Printable.of(type, 100))));
    }
    try {
      var most = Math.max(Operation.BODY, operation.longest());
      var json = JsonReader.read(request.body(), new JsonLimits(most, 16, most, 20_000, false));
      // Generated clients write null for a body that was left out.
      if (json instanceof Json.Null && Schema.isOptional(schema)) {
        return Json.object().build();
      }
      var faults = SchemaCheck.faults(schema, json);
      if (faults.isEmpty() && json instanceof Json.Obj object) {
        return object;
      }
      throw Problem.body(faults);
    } catch (JsonException e) {
      throw Problem.body(List.of(new Wrong("", Sentence.of(e))));
    }
  }

  /// Who asks.
  Session session() {
    if (signedIn == null) {
      throw new IllegalStateException("nobody is signed in for " + request.path());
    }
    return signedIn;
  }

  /// Who asks, as the audit log names it.
  String actor() {
    return session().account();
  }

  /// The roles that count for who asks.
  Set<Role> roles() {
    var roles = EnumSet.noneOf(Role.class);
    roles.addAll(session().roles());
    roles.removeIf(role -> !session().may(role));
    return roles;
  }

  private List<Json> values(String name) {
    var values = parameters.get(name);
    if (values == null) {
      throw new IllegalStateException("no parameter " + name + " is described");
    }
    return values;
  }

  /// A parameter, or null where it is not given.
  @Nullable String optional(String name) {
    var values = values(name);
    return values.isEmpty() ? null : text(values.getFirst());
  }

  /// A parameter that is required.
  String text(String name) {
    return text(values(name).getFirst());
  }

  /// All values of a parameter that may be repeated.
  Set<String> all(String name) {
    var all = new java.util.TreeSet<String>();
    values(name).forEach(value -> all.add(text(value)));
    return all;
  }

  /// What the keys of the query ask of a list.
  ///
  /// @throws RefusedException with 400 if `read` complains
  <T extends @Nullable Object> T asked(Function<Asked, T> read) {
    try {
      var said = new TreeMap<String, List<String>>();
      parameters.forEach(
          (name, values) -> said.put(name, values.stream().map(Call::text).toList()));
      return read.apply(new Asked(said));
    } catch (IllegalArgumentException e) {
      throw Problem.query(Sentence.of(e));
    }
  }

  long number(String name, long absent) {
    var values = values(name);
    return values.isEmpty() ? absent : ((Json.Int) values.getFirst()).value();
  }

  boolean flag(String name) {
    return values(name).contains(Json.Bool.TRUE);
  }

  @Nullable Instant instant(String name) {
    var text = optional(name);
    return text == null ? null : Instant.parse(text);
  }

  LocalDate day(String name, LocalDate absent) {
    var text = optional(name);
    return text == null ? absent : LocalDate.parse(text);
  }

  /// A member of the body that is required.
  String member(String name) {
    return text(java.util.Objects.requireNonNull(body.get(name), "the body was checked"));
  }

  /// A member of the body, or null.
  @Nullable String optionalMember(String name) {
    var value = body.get(name);
    return value == null ? null : text(value);
  }

  /// A member of the body as `read` reads it; its complaint becomes a fault of that member.
  <T> T member(String name, Function<String, T> read) {
    return parsed(name, member(name), read);
  }

  private static <T> T parsed(String name, String text, Function<String, T> read) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw Problem.value(name, e);
    }
  }

  @Nullable Instant instantMember(String name) {
    var text = optionalMember(name);
    return text == null ? null : parsed(name, text, Instant::parse);
  }

  boolean flagMember(String name) {
    return body.get(name) == Json.Bool.TRUE;
  }

  long numberMember(String name, long absent) {
    return body.get(name) instanceof Json.Int(var number) ? number : absent;
  }

  /// A list of texts in the body; empty where there is none.
  List<String> texts(String name) {
    return body.get(name) instanceof Json.Arr(var items)
        ? items.stream().map(Call::text).toList()
        : List.of();
  }

  /// The texts of a member that names at least one, each once, as they were sent.
  ///
  /// @throws RefusedException if it names none
  Set<String> named(String name) {
    var names = new LinkedHashSet<>(texts(name));
    if (names.isEmpty()) {
      throw Problem.value(name, Sentence.of("names-none", "names none"));
    }
    return names;
  }

  /// The device that the path names.
  ///
  /// @throws RefusedException with 404 if that is no device's id
  DeviceId device() {
    try {
      return new DeviceId(text("device"));
    } catch (IllegalArgumentException e) {
      throw Problem.missing(
          Sentence.of("device.no-id", "\"%s\" is no device's id", text("device")));
    }
  }

  /// Compares what the client saw with what there is.
  ///
  /// @param tag of the version there is
  /// @throws RefusedException with 412 if they differ
  void expect(String tag) {
    var seen = request.header("if-match");
    if ("*".equals(seen)) {
      throw Problem.outdated(
          Sentence.plain("If-Match names the version that you read; * is not taken"));
    }
    if (!tag.equals(seen)) {
      throw Problem.outdated(
          Sentence.of("outdated", "it is %s by now; read it again, then decide", tag));
    }
  }

  private static String text(Json json) {
    return switch (json) {
      case Json.Text(var text) -> text;
      case Json.Int(var number) -> Long.toString(number);
      case Json.Bool flag -> Fields.written(flag);
      case Json.Obj _, Json.Arr _, Json.Decimal _, Json.Null _ ->
          throw new IllegalStateException("the schema lets only texts through");
    };
  }
}
