package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.main.TestingServer;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokensIT {
  private static final String RULES = "/api/v1/rules";

  @TempDir Path folder;
  private TestingServer server;
  private People people;
  private ApiTokens tokens;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
    people = new People(server);
    tokens = server.server.parts().apiTokens();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String token(String name, Role... roles) {
    var secret =
        tokens.create("tester", "tester", name, Set.of(roles), Scope.WHOLE, Duration.ofDays(9));
    assertNotNull(secret);
    return secret;
  }

  @Test
  void a_program_is_let_in_by_its_token_until_that_ends() throws Exception {
    var secret = token("dashboard", Role.VIEWER);
    assertEquals(200, people.bearer(RULES, secret).statusCode());
    assertEquals(401, people.bearer(RULES, secret + "x").statusCode());
    assertEquals(401, people.bearer(RULES, secret.substring(0, 52) + "x").statusCode());
    server.clock.move(Duration.ofDays(9));
    assertEquals(401, people.bearer(RULES, secret).statusCode());

    var revoked = token("other", Role.VIEWER);
    assertTrue(tokens.revoke("tester", "other"));
    assertEquals(401, people.bearer(RULES, revoked).statusCode());
    assertFalse(tokens.revoke("tester", "other"));
  }

  @Test
  void a_token_says_when_it_was_used_and_its_secret_is_nowhere() throws Exception {
    var secret = token("dashboard", Role.VIEWER);
    assertNull(tokens.list().getFirst().lastUsed());
    people.bearer(RULES, secret);
    assertEquals(server.clock.instant(), tokens.list().getFirst().lastUsed());
    var kept =
        server
            .server
            .parts()
            .database()
            .read(handle -> handle.createQuery("select * from api_token").mapToMap().list());
    assertFalse(kept.toString().contains(secret), kept::toString);
    assertNull(
        tokens.create("x", "x", "dashboard", Set.of(Role.VIEWER), Scope.WHOLE, Duration.ofDays(1)));
  }

  @Test
  void a_token_approves_nothing() {
    assertThrows(IllegalArgumentException.class, () -> token("x", Role.AUTHOR, Role.APPROVER));
    var now = server.clock.instant();
    for (var kind : Session.Kind.values()) {
      var session =
          new Session(
              "x", kind, Set.of(Role.values()), Scope.WHOLE, "", now.plusSeconds(9), now, "");
      assertEquals(kind == Session.Kind.PERSON, session.may(Role.APPROVER), kind::toString);
      assertTrue(session.may(Role.AUTHOR));
    }
  }

  @Test
  void a_token_changes_without_a_page_and_never_borrows_a_cookie() throws Exception {
    server.admin("ada");
    var browser = People.browser(server.signIn("ada", TestingServer.PASSWORD));
    var secret = token("dashboard", Role.VIEWER);
    for (var wrong : List.of("Bearer x", "Basic YWRhOng=", "Bearer")) {
      var both =
          server.admins(RULES).header("Cookie", browser.cookie()).header("Authorization", wrong);
      assertEquals(401, server.send(both.build()).statusCode(), wrong);
    }
    var end =
        server
            .admins("/api/v1/session/end")
            .header("Authorization", "Bearer " + secret)
            .header("Cookie", browser.cookie())
            .POST(HttpRequest.BodyPublishers.noBody());
    assertEquals(403, server.send(end.build()).statusCode());
    assertEquals(200, people.get(browser, RULES).statusCode());
  }

  @Test
  void what_only_a_person_does_no_program_does() throws Exception {
    var secret = token("dashboard", Role.ADMINISTRATOR);
    for (var path : List.of("totp", "prove")) {
      var request =
          server
              .admins("/api/v1/session/" + path)
              .header("Authorization", "Bearer " + secret)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"password\":\"x\"}"));
      assertEquals(403, server.send(request.build()).statusCode(), path);
    }
  }

  @Test
  void a_step_that_matters_asks_again() {
    var parts = server.server.parts();
    parts.accounts().create("tester", "ada", TestingServer.PASSWORD, Set.of(Role.AUTHOR));
    if (!(parts.sessions().signIn("ada", TestingServer.PASSWORD, null, "127.0.0.1", null)
        instanceof LoginOutcome.SignedIn(var id, var session, _))) {
      throw new AssertionError("not signed in");
    }
    var gate = parts.gate();
    var guarded =
        gate.only(
            Role.AUTHOR,
            (_, asks) -> {
              var refused = gate.unproved(asks);
              return refused == null ? HttpResponse.empty(204) : refused;
            });
    assertEquals(204, guarded.handle(post(id, session)).status());
    server.clock.move(Gate.RECENTLY.plusSeconds(1));
    assertEquals(403, guarded.handle(post(id, session)).status());
    if (!(parts.sessions().prove(id, session, TestingServer.PASSWORD, "127.0.0.1")
        instanceof LoginOutcome.SignedIn(var fresh, var proved, _))) {
      throw new AssertionError("not proved");
    }
    assertEquals(204, guarded.handle(post(fresh, proved)).status());
    assertEquals(401, guarded.handle(post(id, session)).status());
    assertEquals(
        new LoginOutcome.Refused(),
        parts.sessions().prove(fresh, proved, "another password", "127.0.0.1"));
  }

  private static dev.interdict.server.http.HttpRequest post(String id, Session session) {
    return new dev.interdict.server.http.HttpRequest(
        "POST",
        "/",
        null,
        Map.of(
            "cookie",
            List.of("interdict=" + id),
            "x-csrf-token",
            List.of(session.csrf()),
            "sec-fetch-site",
            List.of("same-origin")),
        "127.0.0.1",
        false,
        Map.of(),
        new byte[0]);
  }

  @Test
  void a_token_sees_its_scope_alone() throws Exception {
    var secret =
        tokens.create(
            "tester",
            "tester",
            "rd",
            Set.of(Role.VIEWER),
            Scope.of(List.of("R&D")),
            Duration.ofDays(1));
    assertNotNull(secret);
    var session = people.bearer("/api/v1/session", secret);
    assertTrue(session.body().contains("\"scope\":[\"R&D\"]"), session.body());
    assertEquals("token:rd", People.text(session, "account"));
    assertEquals(new Json.Text("token"), TestingServer.json(session).get("kind"));
  }
}
