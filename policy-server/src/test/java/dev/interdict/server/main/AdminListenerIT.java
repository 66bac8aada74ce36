package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.report.OsFamily;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.AboutSqlite;
import dev.interdict.wire.Headers;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminListenerIT {
  @TempDir Path folder;
  private TestingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
    server.admin("ada");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String cookie(HttpResponse<String> signedIn) {
    var field = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(field.contains("HttpOnly") && field.contains("SameSite=Strict"), field);
    return field.substring(0, field.indexOf(';'));
  }

  private static String csrf(HttpResponse<String> signedIn) throws JsonException {
    return assertInstanceOf(Json.Text.class, TestingServer.json(signedIn).get("csrf")).value();
  }

  private int rules(String cookie) throws IOException {
    return server
        .send(server.admins("/api/v1/rules").header("Cookie", cookie).build())
        .statusCode();
  }

  @Test
  void somebody_signed_in_sees_and_others_do_not() throws Exception {
    assertEquals(401, rules("interdict=guess"));
    var cookie = cookie(server.signIn("ada", TestingServer.PASSWORD));
    assertEquals(200, rules(cookie));
    assertEquals(401, rules(cookie + "; " + cookie));
  }

  @Test
  void days_without_figures_have_none_and_none_is_made_up() throws Exception {
    var cookie = cookie(server.signIn("ada", TestingServer.PASSWORD));
    var parts = server.server.parts();
    var daily =
        new DailyRun(
            parts.database(),
            parts.compliance(),
            server.clock,
            Duration.ofDays(7),
            ZoneId.systemDefault());
    daily.runOnceFor(daily.today());
    var path = "/api/v1/rules/claude-code/days";
    var answer = server.send(server.admins(path).header("Cookie", cookie).build());
    assertEquals(200, answer.statusCode());
    assertEquals(90, answer.body().split("\"day\"", -1).length - 1);
    assertEquals(1, answer.body().split("\"states\"", -1).length - 1);
    for (var wrong : List.of("from=x", "from=2026-07-02&to=2026-07-01", "from=1026-07-02")) {
      var refused = server.send(server.admins(path + "?" + wrong).header("Cookie", cookie).build());
      assertEquals(400, refused.statusCode(), wrong);
    }
    assertEquals(401, server.send(server.admins(path).build()).statusCode());
  }

  @Test
  void a_device_credential_is_worth_nothing_here() throws Exception {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    var enrol = device.enrol(server.token(), null, server.clock.instant());
    server.send(enrol);
    var signed = device.signed("/api/v1/rules", new byte[0], 0, server.clock.instant());
    var answer =
        server.send(
            server
                .admins("/api/v1/rules")
                .header(Headers.CONTENT_DIGEST, signed.parts().contentDigest())
                .header(Headers.SEQUENCE, "0")
                .header(Headers.SIGNATURE_INPUT, signed.input())
                .header(Headers.SIGNATURE, signed.signature())
                .build());
    assertEquals(401, answer.statusCode());
    var enrolHere = server.send(server.admins("/agent/v1/enrol").build());
    assertEquals(404, enrolHere.statusCode());
  }

  @Test
  void a_session_ends_by_idling_by_age_by_sign_out_and_with_its_account() throws Exception {
    var idle = cookie(server.signIn("ada", TestingServer.PASSWORD));
    server.clock.move(Duration.ofMinutes(29));
    assertEquals(200, rules(idle));
    server.clock.move(Duration.ofMinutes(29));
    assertEquals(200, rules(idle));
    server.clock.move(Duration.ofMinutes(30));
    assertEquals(401, rules(idle));

    var old = cookie(server.signIn("ada", TestingServer.PASSWORD));
    for (var i = 0; i < 23; i++) {
      server.clock.move(Duration.ofMinutes(25));
      assertEquals(200, rules(old));
    }
    server.clock.move(Duration.ofMinutes(25));
    assertEquals(401, rules(old));

    var signedIn = server.signIn("ada", TestingServer.PASSWORD);
    var left = cookie(signedIn);
    var csrf = csrf(signedIn);
    assertEquals(204, end(left, Map.of("Origin", server.adminOrigin(), "X-CSRF-Token", csrf)));
    assertEquals(401, rules(left));

    var disabled = cookie(server.signIn("ada", TestingServer.PASSWORD));
    server.server.parts().accounts().disable("tester", "ada");
    assertEquals(401, rules(disabled));
    assertEquals(401, server.signIn("ada", TestingServer.PASSWORD).statusCode());
    assertTrue(server.server.parts().accounts().enable("tester", "ada"));
    assertEquals(false, server.server.parts().accounts().enable("tester", "ada"));
    assertEquals(401, rules(disabled), "what ended stays ended");
    assertEquals(200, server.signIn("ada", TestingServer.PASSWORD).statusCode());
  }

  /// Nothing of it is sent, so whoever would read it first would wait.
  @Test
  void nobodys_body_is_waited_for() throws Exception {
    var began = System.nanoTime();
    for (var length : List.of(100, 200_000)) {
      var answer =
          server.raw(
              server.server.adminPort(),
              "POST /api/v1/session/prove HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                  + "Content-Type: application/json\r\nContent-Length: "
                  + length
                  + "\r\n\r\n");
      assertTrue(answer.startsWith(length > 65_536 ? "HTTP/1.1 413" : "HTTP/1.1 401"), answer);
    }
    var took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofSeconds(5)) < 0, took::toString);
  }

  private int end(String cookie, Map<String, String> headers) throws IOException {
    var request =
        server
            .admins("/api/v1/session/end")
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    return server.send(request.build()).statusCode();
  }

  @Test
  void a_change_needs_our_page_and_its_token() throws Exception {
    var signedIn = server.signIn("ada", TestingServer.PASSWORD);
    var cookie = cookie(signedIn);
    var csrf = csrf(signedIn);
    var origin = server.adminOrigin();
    for (var headers :
        List.of(
            Map.<String, String>of(),
            Map.of("X-CSRF-Token", csrf),
            Map.of("Origin", origin),
            Map.of("Origin", origin, "X-CSRF-Token", csrf + "x"),
            Map.of("Origin", "http://evil.example", "X-CSRF-Token", csrf),
            Map.of("Origin", "null", "X-CSRF-Token", csrf),
            Map.of("Origin", origin, "Sec-Fetch-Site", "cross-site", "X-CSRF-Token", csrf))) {
      assertEquals(403, end(cookie, headers), headers.toString());
    }
    assertEquals(200, rules(cookie));
    assertEquals(204, end(cookie, Map.of("Sec-Fetch-Site", "same-origin", "X-CSRF-Token", csrf)));
  }

  @Test
  void guessing_is_limited_by_account() throws Exception {
    for (var i = 0; i < 10; i++) {
      assertEquals(401, server.signIn("ada", "wrong password " + i).statusCode());
    }
    var limited = server.signIn("ada", TestingServer.PASSWORD);
    assertEquals(429, limited.statusCode());
    assertTrue(limited.headers().firstValue("Retry-After").isPresent());
    server.clock.move(Duration.ofMinutes(15));
    assertEquals(200, server.signIn("ada", TestingServer.PASSWORD).statusCode());
  }

  @Test
  void guessing_is_limited_by_address_and_headers_do_not_evade_it() throws Exception {
    for (var i = 0; i < 30; i++) {
      assertEquals(401, server.signIn("nobody-" + i, "wrong password").statusCode());
    }
    var request =
        server
            .admins("/api/v1/session")
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "203.0.113.9")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\",\"password\":\"y\"}"))
            .build();
    assertEquals(429, server.send(request).statusCode());
  }

  @Test
  void a_wrong_name_and_a_wrong_password_are_not_told_apart() throws Exception {
    var name = server.signIn("nobody", TestingServer.PASSWORD);
    var password = server.signIn("ada", "wrong password");
    assertEquals(401, name.statusCode());
    assertEquals(TestingServer.said(name), TestingServer.said(password));
  }

  @Test
  @AboutSqlite
  void no_secret_is_in_the_database() throws Exception {
    var signedIn = server.signIn("ada", TestingServer.PASSWORD);
    var session = cookie(signedIn).substring("interdict=".length());
    var token = server.token();
    server.close();
    var stored = new StringBuilder();
    for (var file : List.of("interdict.db", "interdict.db-wal")) {
      var path = folder.resolve(file);
      if (Files.exists(path)) {
        stored.append(Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    for (var secret : List.of(TestingServer.PASSWORD, session, token)) {
      assertEquals(-1, stored.indexOf(secret));
    }
    assertTrue(stored.indexOf("$argon2id$") > 0);
    server = new TestingServer(folder, server.clock);
  }
}
