package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.api.Described.One;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// T67: every operation as every role, from the description that the server itself gives; and the
/// table of it in the documentation.
class MatrixIT {
  private static final Path DOCUMENT = Path.of("docs/api.md");
  private static final String BEGIN = "<!-- matrix: generated, see MatrixIT -->\n";
  private static final String END = "<!-- end of matrix -->\n";

  @TempDir static Path folder;
  private static TestingOffice office;
  private static Described described;
  private static final Map<Role, Client> CLIENTS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws Exception {
    office = new TestingOffice(folder);
    for (var role : Role.values()) {
      office.person(Fields.written(role), role);
      CLIENTS.put(role, Client.of(office, Fields.written(role)));
    }
    described = new Described(client(Role.VIEWER).get("/api/v1/openapi.json").body());
  }

  private static Client client(Role role) {
    return Objects.requireNonNull(CLIENTS.get(role));
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  @Test
  void description_is_one_of_openapi_3_1() throws Exception {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                MatrixIT.class.getResourceAsStream("openapi-3.1/schema.json"), InputFormat.JSON);
    var text = client(Role.VIEWER).get("/api/v1/openapi.json").body();
    assertEquals(List.of(), schema.validate(text, InputFormat.JSON));
    assertFalse(
        schema
            .validate(text.replace("\"operationId\"", "\"operation\""), InputFormat.JSON)
            .isEmpty());
  }

  /// Where it is not so, generators name one operation's body after another, or read a file as
  /// JSON.
  @Test
  void bodies_have_names_of_their_own_and_files_are_binary() {
    for (var operation : described.operations()) {
      if (operation.json().get("requestBody") instanceof Json.Obj body) {
        var json = (Json.Obj) Described.member(body, "content");
        var text = Described.member(json, "application/json").toString().toLowerCase(Locale.ROOT);
        assertTrue(
            text.contains(("/" + operation.id() + "Request").toLowerCase(Locale.ROOT)), text);
      }
      var responses = (Json.Obj) Described.member(operation.json(), "responses");
      if (responses.get("200") instanceof Json.Obj good
          && good.get("content") instanceof Json.Obj types) {
        types
            .members()
            .forEach((type, content) ->
                assertEquals(
                    !type.equals("application/json"),
                    content.toString().contains("binary"),
                    () -> operation.id() + " as " + type));
      }
    }
  }

  @Test
  void body_that_may_be_left_out_may_be_null() throws Exception {
    var approver = Client.of(office, "approver");
    var left = approver.request("POST", "/api/v1/proposals/9/agree", "null");
    assertEquals(404, approver.exchange(left).statusCode());
    var needed = approver.request("POST", "/api/v1/drafts/check", "null");
    assertEquals(422, approver.exchange(needed).statusCode());
  }

  @Test
  void nobody_is_let_in_anywhere() throws Exception {
    for (var operation : described.operations()) {
      var answer = call(Client.nobody(office), operation);
      if (operation.roles().isEmpty()) {
        continue;
      }
      assertEquals(401, answer.statusCode(), operation.id());
      described.holds(operation, answer);
    }
  }

  /// A body that never comes: whoever waited for it would answer nothing yet.
  @Test
  void nobodys_body_is_waited_for() throws Exception {
    // One of each method: all of them are routed in one place, and an answer takes a moment.
    var methods = new java.util.TreeSet<String>();
    for (var operation : described.operations()) {
      if (operation.changes() && !operation.roles().isEmpty() && methods.add(operation.method())) {
        var line = operation.method() + " " + operation.path().replaceAll("\\{[a-z]+}", "1");
        assertEquals("HTTP/1.1 401 Unauthorized", withoutBody(line), operation.id());
      }
    }
    assertEquals(Set.of("POST", "PUT"), methods);
  }

  private static String withoutBody(String line) throws Exception {
    var server = URI.create(office.address());
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(5_000);
      var head = line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return new BufferedReader(answer).readLine();
    }
  }

  @Test
  void every_operation_answers_those_roles_that_are_described_and_no_others() throws Exception {
    assertTrue(described.operations().size() > 50);
    for (var operation : described.operations()) {
      assertEquals(
          Set.of("signIn", "beginCommandLine", "redeemCommandLine").contains(operation.id()),
          operation.roles().isEmpty(),
          operation.id());
      for (var role : Role.values()) {
        var answer = call(client(role), operation);
        described.holds(operation, answer);
        assertEquals(
            may(operation, role) ? "let in" : "403",
            answer.statusCode() == 403 ? "403" : "let in",
            () -> operation.id() + " as " + role + ": " + answer.body());
      }
    }
  }

  /// Test 69: an operation on the whole fleet is for nobody who sees a part.
  @Test
  void every_operation_answers_somebody_with_a_scope_as_it_is_described() throws Exception {
    for (var role : List.of(Role.VIEWER, Role.HELPDESK, Role.APPROVER)) {
      var name = "scoped-" + Fields.written(role);
      var accounts = office.parts().accounts();
      var scope = Scope.of(List.of("R&D"));
      accounts.create("tester", name, TestingOffice.PASSWORD, Set.of(role), scope);
      // Whoever had such roles before a scope kept them from it has them still.
      if (role == Role.APPROVER) {
        every(name);
      }
      var client = Client.of(office, name);
      var roles = role == Role.APPROVER ? Set.of(Role.values()) : Set.of(role);
      for (var operation : described.operations()) {
        var answer = call(client, operation);
        described.holds(operation, answer);
        var let = roles.stream().anyMatch(one -> may(operation, one));
        assertEquals(
            !let ? "role" : operation.reach().equals("whole") ? "scope" : "let in",
            answer.statusCode() == 403 ? kind(answer) : "let in",
            () -> operation.id() + " as " + name + ": " + answer.body());
      }
    }
  }

  private static void every(String name) {
    office
        .parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "update account set roles = ? where name = ?",
                Arrays.stream(Role.values()).map(Fields::written).collect(Collectors.joining(",")),
                name));
  }

  private static String kind(java.net.http.HttpResponse<String> answer) throws Exception {
    var type = Described.text(Described.member(Described.read(answer.body()), "type"));
    return type.substring(type.lastIndexOf(":") + 1);
  }

  private static boolean may(One operation, Role role) {
    return operation.roles().isEmpty()
        || operation.roles().contains("viewer")
        || operation.roles().contains(Fields.written(role));
  }

  /// A request that fits the address and no more, so that nothing is changed by it.
  private static java.net.http.HttpResponse<String> call(Client client, One operation)
      throws Exception {
    var path =
        operation
            .path()
            .replace("{device}", "0".repeat(32))
            .replace("{draft}", "1")
            .replace("{serial}", "1")
            .replaceAll("\\{[a-z]+}", "some-tool");
    return operation.changes()
        ? client.send(operation.method(), path, Json.object().put("nothing", "known").build())
        : client.get(path);
  }

  @Test
  void every_route_below_the_base_is_described() {
    var described = new java.util.TreeSet<String>();
    MatrixIT.described.operations().forEach(one -> described.add(one.method() + " " + one.path()));
    var served = new java.util.TreeSet<String>();
    office.routes.stream().filter(route -> route.contains(" /api/")).forEach(served::add);
    assertEquals(described, served);
  }

  /// Nothing is beside the API but what is known to be: SCIM, which describes itself, and pages.
  @Test
  void every_route_of_scim_is_for_its_token_alone() throws Exception {
    var scim = office.routes.stream().filter(route -> route.contains(" /scim/")).toList();
    assertEquals(16, scim.size(), scim::toString);
    for (var route : scim) {
      var method = route.split(" ", 2)[0];
      var path = route.split(" ", 2)[1].replaceAll("\\{[a-z.]+}", "1");
      assertEquals(401, Client.nobody(office).plain(method, path).statusCode(), route);
      for (var role : Role.values()) {
        assertEquals(403, client(role).plain(method, path).statusCode(), () -> route + " " + role);
      }
    }
  }

  @Test
  void a_device_credential_and_a_made_up_cookie_are_nobody() throws Exception {
    var request =
        Client.nobody(office).request("GET", "/api/v1/me", null, "Cookie", "interdict=guess");
    assertEquals(401, Client.nobody(office).exchange(request).statusCode());
  }

  @Test
  void table_in_the_documentation_is_that_of_the_description() throws Exception {
    var text = Files.readString(DOCUMENT);
    var from = text.indexOf(BEGIN) + BEGIN.length();
    var to = text.indexOf(END);
    assertTrue(from >= BEGIN.length() && to >= from, "the marks of the table are gone");
    var table = table();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(
          DOCUMENT, text.substring(0, from) + table + text.substring(to), StandardCharsets.UTF_8);
    } else {
      assertEquals(table, text.substring(from, to), "run once with -Dgolden.update=true");
    }
  }

  private static String table() {
    var lines = new ArrayList<String>();
    var head = new StringBuilder("| operation | request | reach |");
    var rule = new StringBuilder("|---|---|---|");
    for (var role : Role.values()) {
      head.append(' ').append(Fields.written(role)).append(" |");
      rule.append("---|");
    }
    lines.add(head.toString());
    lines.add(rule.toString());
    for (var operation : described.operations()) {
      var line =
          new StringBuilder(
              "| `"
                  + operation.id()
                  + "` | "
                  + operation.method()
                  + " "
                  + operation.path()
                  + " | "
                  + operation.reach()
                  + " |");
      for (var role : Role.values()) {
        line.append(may(operation, role) ? " yes |" : " – |");
      }
      lines.add(line.toString());
    }
    return String.join("\n", lines) + "\n";
  }
}
