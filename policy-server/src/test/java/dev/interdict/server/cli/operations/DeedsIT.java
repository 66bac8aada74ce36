package dev.interdict.server.cli.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.Typed;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of commands against the server's own description of its operations.
@Tag("any-database")
class DeedsIT {
  @TempDir Path folder;

  private static Json.Obj description(TestingOffice office) throws Exception {
    var secret =
        office
            .parts()
            .apiTokens()
            .create("ada", "ada", "reader", Set.of(Role.VIEWER), Scope.WHOLE, Duration.ofDays(1));
    try (var client = HttpClient.newHttpClient()) {
      var asked =
          HttpRequest.newBuilder(URI.create(office.address() + "/api/v1/openapi.json"))
              .header("Authorization", "Bearer " + secret)
              .build();
      var answer = client.send(asked, HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      return (Json.Obj)
          JsonReader.read(answer.body(), new JsonLimits(8 << 20, 64, 1 << 20, 200_000, false));
    }
  }

  private static Json.Obj in(Json.Obj object, String... names) {
    var at = object;
    for (var name : names) {
      at = (Json.Obj) java.util.Objects.requireNonNull(at.get(name), name);
    }
    return at;
  }

  /// What is described as JSON there, or where that refers to.
  private static Json.Obj schema(Json.Obj description, Json.Obj of) {
    var schema = in(of, "content", "application/json", "schema");
    while (schema.get("$ref") instanceof Json.Text(var ref)) {
      schema = in(description, ref.substring("#/".length()).split("/"));
    }
    return schema;
  }

  /// The members of the body and the names of the query.
  private static Set<String> taken(Json.Obj description, Json.Obj operation) {
    var names = new TreeSet<String>();
    if (operation.get("requestBody") instanceof Json.Obj body) {
      names.addAll(in(schema(description, body), "properties").members().keySet());
    }
    if (operation.get("parameters") instanceof Json.Arr(var parameters)) {
      parameters.forEach(one -> names.add(ListOutput.text((Json.Obj) one, "name")));
    }
    return names;
  }

  private static Set<String> needed(Json.Obj description, Json.Obj operation) {
    var names = new TreeSet<String>();
    if (operation.get("requestBody") instanceof Json.Obj body
        && schema(description, body).get("required") instanceof Json.Arr(var required)) {
      required.forEach(one -> names.add(((Json.Text) one).value()));
    }
    return names;
  }

  @Test
  void every_command_is_an_operation_that_takes_what_is_typed_and_gets_what_it_needs()
      throws Exception {
    try (var office = new TestingOffice(folder.resolve("office"))) {
      var description = description(office);
      var paths = in(description, "paths");
      assertTrue(Deeds.all().size() > 40);
      for (var deed : Deeds.all()) {
        var operation =
            in(paths, "/api/v1" + deed.path, deed.method.toLowerCase(java.util.Locale.ROOT));
        var sent = new TreeSet<String>();
        var always = new TreeSet<String>();
        for (var given : deed.givens) {
          if (given.kind() != Given.Kind.REVISION && given.kind() != Given.Kind.ALONE) {
            sent.add(given.member());
            if (given.required()) {
              always.add(given.member());
            }
          }
        }
        assertTrue(taken(description, operation).containsAll(sent), deed.path + sent);
        assertEquals(always, needed(description, operation), deed.path);
        if (deed.insteadPath != null) {
          assertTrue(
              taken(description, in(paths, "/api/v1" + deed.insteadPath, "post")).containsAll(sent),
              deed.path);
        }
        if (deed.seen != null) {
          in(paths, "/api/v1" + deed.seen, "get");
        }
      }
    }
  }

  /// Else a list ends where its first page does, and nothing says so.
  @Test
  void every_list_that_comes_in_pages_is_read_to_its_end_and_no_other() throws Exception {
    try (var office = new TestingOffice(folder.resolve("office"))) {
      var description = description(office);
      for (var deed : Deeds.all()) {
        if (deed.rows != null) {
          var operation = in(description, "paths", "/api/v1" + deed.path, "get");
          var members = members(description, operation);
          assertTrue(members.contains(deed.rows), deed.path + members);
          assertEquals(members.contains("next"), deed.paged, deed.path);
        }
      }
    }
  }

  /// Of the answer to what is done.
  private static Set<String> members(Json.Obj description, Json.Obj operation) {
    var schema = schema(description, in(operation, "responses", "200"));
    return in(schema, "properties").members().keySet();
  }

  /// An operation that somebody adds gets a command, or a reason why it has none.
  @Test
  void every_operation_has_a_command_or_a_reason_why_it_has_none() throws Exception {
    var without = new TreeMap<String, String>();
    try (var in =
        Objects.requireNonNull(
            DeedsIT.class.getResourceAsStream("/dev/interdict/server/cli/without-a-command.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> without.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
    }
    var done = new TreeSet<String>();
    for (var deed : Deeds.all()) {
      done.add(deed.method + " " + deed.path);
      if (deed.insteadPath != null) {
        done.add("POST " + deed.insteadPath);
      }
    }
    var left = new TreeSet<String>();
    try (var office = new TestingOffice(folder.resolve("office"))) {
      for (var path : in(description(office), "paths").members().entrySet()) {
        for (var operation : ((Json.Obj) path.getValue()).members().entrySet()) {
          if (operation.getValue() instanceof Json.Obj one
              && !done.contains(
                  operation.getKey().toUpperCase(Locale.ROOT)
                      + " "
                      + path.getKey().substring("/api/v1".length()))) {
            left.add(ListOutput.text(one, "operationId"));
          }
        }
      }
    }
    assertEquals(left, without.keySet());
    for (var command : without.values()) {
      if (!command.startsWith("- ")) {
        var words = (command + " --help").split(" ");
        var rest = Arrays.copyOfRange(words, 1, words.length);
        var typed = words[0].equals("interdict") ? Typed.admin(rest) : Typed.server(rest);
        assertTrue(typed.out().contains("Usage: " + command + " "), command);
      }
    }
  }
}
