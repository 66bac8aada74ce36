package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.api.Pace;
import dev.interdict.server.api.PeopleApi;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Proxies;
import dev.interdict.server.idempotency.Once;
import dev.interdict.server.main.TestingServer;
import dev.interdict.server.scope.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 73: rotation, timeouts, logout, out at once, cookie flags. Idling, age and signing out are
/// in AdminListenerIT.
class T73SessionsIT {
  private static final String RULES = "/api/v1/rules";

  @TempDir Path folder;
  private TestingServer server;
  private People people;
  private Accounts accounts;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
    people = new People(server);
    accounts = server.server.parts().accounts();
    server.admin("ada");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private People.Browser signedIn() throws Exception {
    return People.browser(people.signIn("ada", TestingServer.PASSWORD, null));
  }

  @Test
  void whatever_changes_an_account_ends_its_sessions_at_once() throws Exception {
    var changes =
        List.<Consumer<Accounts>>of(
            each ->
                each.grant("x", "ada", Set.of(Role.AUTHOR), Scope.WHOLE, TestingServer.PASSWORD),
            each -> each.setPassword("x", "ada", TestingServer.PASSWORD),
            each -> each.disable("x", "ada"));
    for (var change : changes) {
      var browser = signedIn();
      assertEquals(200, people.get(browser, RULES).statusCode());
      change.accept(accounts);
      assertEquals(401, people.get(browser, RULES).statusCode());
      accounts.enable("x", "ada");
      assertEquals(401, people.get(browser, RULES).statusCode());
    }
  }

  /// A page told them what a session that they confirmed would get: it gets no more than that.
  @Test
  void other_groups_at_the_provider_end_the_sessions_that_the_former_ones_opened() {
    var sessions = server.server.parts().sessions();
    var whole = vouched(Set.of(Role.VIEWER), Scope.WHOLE);
    var open = sessions.open(whole, "127.0.0.1", server.clock.instant());
    vouched(Set.of(Role.VIEWER), Scope.WHOLE);
    assertNotNull(sessions.find(open.id()));
    var part = vouched(Set.of(Role.VIEWER), Scope.of(List.of("R&D")));
    assertNull(sessions.find(open.id()));
    open = sessions.open(part, "127.0.0.1", server.clock.instant());
    vouched(Set.of(Role.HELPDESK), Scope.of(List.of("R&D")));
    assertNull(sessions.find(open.id()));
  }

  private Account vouched(Set<Role> roles, Scope scope) {
    return Objects.requireNonNull(
        accounts.vouchedFor(
            new Vouched("https://login.example.com", "1", "1", "ada", "Ada"), roles, scope));
  }

  /// The password was judged a moment before.
  @Test
  void a_session_that_begins_while_its_account_is_disabled_is_none() {
    var sessions = server.server.parts().sessions();
    var ada = Objects.requireNonNull(accounts.authenticate("ada", TestingServer.PASSWORD));
    assertTrue(accounts.disable("x", "ada"));
    var late = sessions.open(ada, "127.0.0.1", server.clock.instant());
    assertNull(sessions.find(late.id()));
    var since = server.server.parts().audit().newest(Long.MAX_VALUE, 1);
    assertFalse(accounts.disable("y", "ada"), "what is so already is nobody's deed");
    assertEquals(since, server.server.parts().audit().newest(Long.MAX_VALUE, 1));
  }

  @Test
  void a_session_has_a_fresh_id_each_time_and_after_each_proof() throws Exception {
    var first = signedIn();
    assertNotEquals(first.cookie(), signedIn().cookie());
    var password = Json.object().put("password", TestingServer.PASSWORD).build();
    var proved = people.post(first, "/api/v1/session/prove", password);
    assertEquals(200, proved.statusCode());
    assertEquals(401, people.get(first, RULES).statusCode());
    assertEquals(200, people.get(People.browser(proved), RULES).statusCode());
  }

  @Test
  void what_is_given_for_a_proof_is_counted_like_any_guess() throws Exception {
    var browser = signedIn();
    var wrong = Json.object().put("password", "not the password").build();
    for (var i = 0; i < Attempts.OF_PAIR; i++) {
      assertEquals(401, people.post(browser, "/api/v1/session/prove", wrong).statusCode());
    }
    assertEquals(429, people.post(browser, "/api/v1/session/prove", wrong).statusCode());
    server.clock.move(Duration.ofMinutes(15));
    assertEquals(401, people.post(browser, "/api/v1/session/prove", wrong).statusCode());
  }

  @Test
  void what_a_clock_that_was_ahead_began_ends_with_it() throws Exception {
    server.clock.move(Duration.ofDays(4_000));
    var browser = signedIn();
    var tokens = server.server.parts().apiTokens();
    var robot =
        String.valueOf(
            tokens.create(
                "ada", "ada", "robot", Set.of(Role.VIEWER), Scope.WHOLE, Duration.ofDays(1)));
    var glass = server.server.parts().breakGlass();
    var password = glass.enable("root");
    assertEquals(200, people.get(browser, RULES).statusCode());
    assertEquals(200, people.bearer(RULES, robot).statusCode());
    server.clock.move(Duration.ofDays(-4_000));
    assertEquals(401, people.get(browser, RULES).statusCode());
    assertEquals(401, people.bearer(RULES, robot).statusCode());
    assertEquals(401, people.signIn(Accounts.BREAK_GLASS, password, null).statusCode());
    assertEquals(null, glass.enabledUntil());
    assertEquals(200, people.get(signedIn(), RULES).statusCode());
  }

  @Test
  void over_tls_the_cookie_is_of_this_host_alone() throws Exception {
    var router = new dev.interdict.server.http.Router();
    var parts = server.server.parts();
    new PeopleApi(
            parts.gate(),
            new Once(parts.database(), parts.clock()),
            Pace.standard(parts.clock()),
            parts.apiTokens(),
            parts.looks())
        .sessions(parts.accounts(), parts.sessions(), parts.factors(), parts.commandLines())
        .addTo(router);
    var loopback = java.net.InetAddress.getLoopbackAddress();
    try (var behind =
        Listener.start(
            "admin",
            new java.net.InetSocketAddress(loopback, 0),
            null,
            Proxies.of(List.of("127.0.0.1")),
            router)) {
      var body = "{\"name\":\"ada\",\"password\":\"" + TestingServer.PASSWORD + "\"}";
      var answer =
          server.raw(
              behind.port(),
              "POST /api/v1/session HTTP/1.1\r\nHost: x\r\nX-Forwarded-Proto: https\r\n"
                  + "X-Forwarded-For: 203.0.113.9\r\nContent-Type: application/json\r\n"
                  + "Connection: close\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertTrue(
          answer.contains("Set-Cookie: __Host-interdict=")
              && answer.contains("; Path=/; HttpOnly; SameSite=Strict; Secure"),
          answer);
      var opened = parts.audit().newest(Long.MAX_VALUE, 1).getFirst();
      // The request that the answer names is the one that the log has beside the change.
      var request = opened.request();
      assertTrue(request != null && answer.contains("Request-Id: " + request), answer);
      assertEquals(
          "{\"address\":\"203.0.113.9\",\"request-id\":\"" + request + "\"}", opened.detail());
    }
  }
}
