package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The description as a client reads it, and answers held against it by a validator that is not
/// ours.
final class Described {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Json.Obj document;
  private final List<One> operations = new ArrayList<>();
  private final Map<String, com.networknt.schema.Schema> schemas = new HashMap<>();

  /// An operation as it is described.
  record One(
      String method, String path, String id, Set<String> roles, String reach, Json.Obj json) {
    boolean changes() {
      return !method.equals("GET");
    }

    Set<Integer> statuses() {
      var statuses = new TreeSet<Integer>();
      ((Json.Obj) Objects.requireNonNull(json.members().get("responses")))
          .members()
          .keySet()
          .forEach(status -> statuses.add(Integer.valueOf(status)));
      return statuses;
    }
  }

  Described(String text) throws JsonException {
    document = read(text);
    ((Json.Obj) member(document, "paths"))
        .members()
        .forEach((path, item) ->
            ((Json.Obj) item)
                .members()
                .forEach((method, json) -> add(path, method, (Json.Obj) json)));
  }

  private void add(String path, String method, Json.Obj json) {
    var roles = new TreeSet<String>();
    ((Json.Arr) member(json, "x-roles")).items().forEach(role -> roles.add(text(role)));
    operations.add(
        new One(
            method.toUpperCase(java.util.Locale.ROOT),
            path,
            text(member(json, "operationId")),
            roles,
            text(member(json, "x-reach")),
            json));
  }

  static Json.Obj read(String text) throws JsonException {
    var limits = JsonLimits.OWN;
    return (Json.Obj) JsonReader.read(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  static Json member(Json.Obj object, String name) {
    var member = object.get(name);
    assertNotNull(member, () -> name + " is not in " + JsonWriter.line(object));
    return member;
  }

  static String text(Json json) {
    return ((Json.Text) json).value();
  }

  List<One> operations() {
    return operations;
  }

  One operation(String id) {
    return operations.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /// The answer is one that is described: its status, its media type, and what it holds.
  void holds(One operation, HttpResponse<String> answer) {
    var status = answer.statusCode();
    var what = operation.id() + " answered " + status + ": " + answer.body();
    var responses = (Json.Obj) member(operation.json(), "responses");
    var response = (Json.Obj) responses.get(Integer.toString(status));
    assertNotNull(response, () -> what + ", which is not described");
    var content = (Json.@Nullable Obj) response.get("content");
    if (content == null) {
      assertEquals("", answer.body(), what);
      return;
    }
    var type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    var described = (Json.Obj) content.get(type);
    assertNotNull(described, () -> what + ", as " + type + ", which is not described");
    if (type.endsWith("json")) {
      var schema = schema((Json.Obj) member(described, "schema"));
      assertEquals(List.of(), schema.validate(answer.body(), InputFormat.JSON), what);
    }
  }

  private com.networknt.schema.Schema schema(Json.Obj inline) {
    return schemas.computeIfAbsent(
        JsonWriter.line(inline),
        _ -> {
          var whole = Json.object();
          inline.members().forEach(whole::put);
          whole.put("components", document.get("components"));
          return REGISTRY.getSchema(JsonWriter.line(whole.build()), InputFormat.JSON);
        });
  }
}
