package dev.interdict.server.api;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes the description of all operations (OpenAPI 3.1), and serves it.
final class OpenApi {
  private static final List<Integer> OF_ALL = List.of(400, 429, 500, 503);

  /// A file. Of a string without this format generated clients think that it is written as JSON.
  private static final Json FILE =
      Json.object().put("type", "string").put("format", "binary").build();

  private final Operations operations;

  OpenApi(Operations operations) {
    this.operations = operations;
  }

  Operation operation() {
    return Operation.get("/openapi.json", "getOpenApi", "This description")
        .answers(200, new Schema.Document("An OpenAPI 3.1 document."))
        .may(dev.interdict.server.access.Role.VIEWER)
        .does(
            Reach.APART, _ -> HttpResponse.of(200, "application/json", JsonWriter.compact(json())));
  }

  Json.Obj json() {
    var paths = new TreeMap<String, Json.Builder>();
    var names = new TreeMap<>(Problem.SCHEMA.names());
    var tags = new TreeSet<String>();
    for (var operation : operations.all()) {
      tags.add(operation.resource());
      paths
          .computeIfAbsent(operation.address(), _ -> Json.object())
          .put(operation.method().toLowerCase(java.util.Locale.ROOT), json(operation));
      for (var schema : schemas(operation)) {
        schema
            .names()
            .forEach((name, members) -> {
              var before = names.put(name, members);
              if (before != null && !before.equals(members)) {
                throw new IllegalStateException("two schemas are named " + name);
              }
            });
      }
    }
    var all = Json.object();
    paths.forEach((path, item) -> all.put(path, item.build()));
    var schemas = Json.object();
    names.forEach((name, members) -> schemas.put(name, members.json()));
    return Json.object()
        .put("openapi", "3.1.1")
        .put(
            "info",
            Json.object()
                .put("title", "Interdict")
                .put("version", "1")
                .put(
                    "description",
                    "For people and their programs: the fleet, the rules, and what is decided about"
                        + " them.")
                .put(
                    "license",
                    Json.object().put("name", "Apache-2.0").put("identifier", "Apache-2.0").build())
                .build())
        .put(
            "tags", tags.stream().<Json>map(tag -> Json.object().put("name", tag).build()).toList())
        .put("security", List.of(scheme("session"), scheme("token")))
        .put("paths", all.build())
        .put(
            "components",
            Json.object()
                .put("schemas", schemas.build())
                .put("securitySchemes", securitySchemes())
                .build())
        .build();
  }

  private static List<Schema> schemas(Operation operation) {
    var schemas = new ArrayList<Schema>();
    var answer = operation.answer().schema();
    if (answer != null) {
      schemas.add(answer);
    }
    var body = operation.body();
    if (body != null) {
      schemas.add(taken(operation, body));
    }
    return schemas;
  }

  /// What an operation takes, under a name of its own: generators make one class of inline bodies
  /// that are alike, and name it after whichever operation comes first.
  private static Schema taken(Operation operation, Schema body) {
    var id = operation.id();
    return body instanceof Schema.Members members
        ? new Schema.Named(
            id.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + id.substring(1) + "Request",
            members)
        : body;
  }

  private static Json scheme(String name) {
    return Json.object().put(name, new Json.Arr(List.of())).build();
  }

  private static Json securitySchemes() {
    return Json.object()
        .put(
            "session",
            Json.object()
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "__Host-interdict")
                .put(
                    "description",
                    "A person's, from signing in; a change carries X-CSRF-Token as well.")
                .build())
        .put(
            "token",
            Json.object()
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A program's.")
                .build())
        .build();
  }

  private static Json json(Operation operation) {
    var parameters = new ArrayList<Json>();
    operation.parameters().forEach(each -> parameters.add(each.json()));
    if (operation.traits().seen()) {
      parameters.add(
          header("If-Match", true, "The ETag of the version that was read.", Schema.text(100)));
    }
    if (operation.changes()) {
      parameters.add(
          header(
              "Idempotency-Key",
              false,
              "A word of the client's own: the same request under it is done once, and answered"
                  + " the same for 24 hours.",
              new Schema.Text(8, 100, null)));
    }
    var json =
        Json.object()
            .put("operationId", operation.id())
            .put("summary", operation.summary())
            .put("description", description(operation))
            .put("tags", Json.texts(List.of(operation.resource())));
    if (!parameters.isEmpty()) {
      json.put("parameters", parameters);
    }
    var body = operation.body();
    if (body != null) {
      json.put(
          "requestBody",
          Json.object()
              .put("required", !Schema.isOptional(body))
              .put("content", content(taken(operation, body)))
              .build());
    }
    if (operation.roles().isEmpty()) {
      json.put("security", List.<Json>of());
    }
    return json.put("responses", responses(operation))
        .put("x-roles", Json.texts(operation.roles().stream().map(Fields::written).toList()))
        .put("x-reach", Fields.written(operation.reach()))
        .build();
  }

  private static String description(Operation operation) {
    var roles = operation.roles().stream().map(Fields::written).toList();
    return roles.isEmpty()
        ? "For anybody."
        : "For "
            + (roles.contains("viewer")
                ? "everybody signed in"
                : "the role " + String.join(" or ", roles))
            + switch (operation.traits().proof()) {
              case NONE -> "";
              case RECENT -> ", who has lately proved who they are";
              case PERSONAL -> ", a person who has lately proved who they are";
            }
            + ". With a scope: "
            + operation.reach().words()
            + ".";
  }

  private static Json header(String name, boolean required, String description, Schema schema) {
    return new Parameter("header", name, schema, required, 1, description).json();
  }

  private static Json content(Schema schema) {
    return Json.object()
        .put("application/json", Json.object().put("schema", schema.json()).build())
        .build();
  }

  /// The statuses by which an operation may say no.
  static TreeSet<Integer> refusals(Operation operation) {
    var refusals = new TreeSet<>(OF_ALL);
    refusals.addAll(List.of(401, 403));
    refusals.addAll(operation.refusals());
    if (operation.parameters().stream().anyMatch(each -> each.in().equals("path"))) {
      refusals.add(404);
    }
    if (operation.changes()) {
      refusals.addAll(List.of(409, 413, 415, 422));
    }
    if (operation.traits().seen()) {
      refusals.addAll(List.of(412, 428));
    }
    return refusals;
  }

  private static Json responses(Operation operation) {
    var responses = Json.object();
    var answer = operation.answer();
    var good = Json.object().put("description", operation.summary());
    var schema = answer.schema();
    if (schema != null) {
      good.put("content", content(schema));
    } else if (!answer.types().isEmpty()) {
      var types = Json.object();
      answer
          .types()
          .forEach(type ->
              types.put(
                  type.replace("; charset=utf-8", ""), Json.object().put("schema", FILE).build()));
      good.put("content", types.build());
    }
    responses.put(Integer.toString(answer.status()), good.build());
    for (var status : refusals(operation)) {
      responses.put(Integer.toString(status), problem(status));
    }
    return responses.build();
  }

  private static Json problem(int status) {
    return Json.object()
        .put("description", words(status))
        .put(
            "content",
            Json.object()
                .put(
                    "application/problem+json",
                    Json.object().put("schema", Problem.SCHEMA.json()).build())
                .build())
        .build();
  }

  private static String words(int status) {
    return switch (status) {
      case 400 -> "The query cannot be understood.";
      case 401 -> "Nobody is signed in.";
      case 403 -> "The account may not do this.";
      case 404 -> "There is no such thing.";
      case 409 -> "Something stands in the way.";
      case 412 -> "It was changed since it was read.";
      case 413 -> "The body is too long.";
      case 415 -> "The body is of another media type.";
      case 422 -> "The body does not fit, or what it asks for is refused.";
      case 428 -> "If-Match is missing.";
      case 429 -> "Too many requests; Retry-After says when to come again.";
      case 500 -> "Something failed in the server; its log knows the request-id.";
      case 503 -> "Too much waits; Retry-After says when to come again.";
      default -> throw new IllegalStateException("no words for " + status);
    };
  }
}
