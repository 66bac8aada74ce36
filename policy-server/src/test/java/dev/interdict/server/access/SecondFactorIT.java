package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.main.TestingServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondFactorIT {
  private static final String WORD = TestingServer.PASSWORD;

  @TempDir Path folder;
  private TestingServer server;
  private People people;
  private byte[] secret = {};
  private List<String> recovery = List.of();

  @BeforeEach
  void a_person_with_an_app() throws Exception {
    server = new TestingServer(folder);
    people = new People(server);
    server.admin("ada");
    var browser = People.browser(people.signIn("ada", WORD, null));
    var begun = people.post(browser, "/api/v1/session/totp", Json.object().build());
    assertEquals(200, begun.statusCode(), begun.body());
    assertTrue(People.text(begun, "uri").startsWith("otpauth://totp/Interdict:ada?secret="));
    secret = decoded(People.text(begun, "secret"));
    assertEquals(200, people.signIn("ada", WORD, null).statusCode());
    var wrong = Json.object().put("code", "x").build();
    assertEquals(422, people.post(browser, "/api/v1/session/totp/confirm", wrong).statusCode());
    var right = Json.object().put("code", code()).build();
    var confirmed = people.post(browser, "/api/v1/session/totp/confirm", right);
    recovery =
        ((Json.Arr) Objects.requireNonNull(TestingServer.json(confirmed).get("recovery-codes")))
            .items().stream().map(each -> ((Json.Text) each).value()).toList();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static byte[] decoded(String base32) {
    var bits = new StringBuilder();
    for (var each : base32.toCharArray()) {
      var value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each);
      bits.append(Integer.toBinaryString(32 + value).substring(1));
    }
    var bytes = new byte[bits.length() / 8];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
    }
    return bytes;
  }

  private String code() {
    return Totp.code(secret, Totp.step(server.clock.instant()), Totp.DIGITS);
  }

  private int signIn(String code) throws IOException {
    return people.signIn("ada", WORD, code).statusCode();
  }

  @Test
  void a_password_alone_signs_nobody_in_and_says_nothing_of_itself() throws Exception {
    server.clock.move(Duration.ofMinutes(1));
    HttpResponse<String> without = people.signIn("ada", WORD, null);
    assertEquals(401, without.statusCode());
    assertEquals(
        TestingServer.said(people.signIn("ada", "wrong password", null)),
        TestingServer.said(without));
    assertEquals(401, people.signIn("ada", "wrong password", code()).statusCode());
    assertEquals(401, signIn("000000x"));
    assertEquals(200, signIn(code()));
  }

  @Test
  void a_code_is_good_once_also_the_one_that_set_it_up() throws Exception {
    assertEquals(401, signIn(code()));
    server.clock.move(Duration.ofSeconds(30));
    var code = code();
    assertEquals(200, signIn(code));
    assertEquals(401, signIn(code));
    server.clock.move(Duration.ofSeconds(30));
    assertEquals(401, signIn(code));
    assertEquals(200, signIn(code()));
    server.clock.move(Duration.ofMinutes(5));
    var late = Totp.code(secret, Totp.step(server.clock.instant()) - 2, Totp.DIGITS);
    assertEquals(401, signIn(late));
  }

  @Test
  void a_recovery_code_is_good_once() throws Exception {
    assertEquals(10, recovery.size());
    assertEquals(200, signIn(recovery.getFirst()));
    assertEquals(401, signIn(recovery.getFirst()));
    assertEquals(200, signIn(recovery.get(1).substring(0, 8) + "-" + recovery.get(1).substring(8)));
  }

  @Test
  void nothing_in_the_database_makes_codes() {
    var factor = server.server.parts().factors();
    var rows =
        server
            .server
            .parts()
            .database()
            .read(handle ->
                handle.createQuery("select * from account_totp").mapToMap().list().toString()
                    + handle.createQuery("select * from recovery_code").mapToMap().list());
    assertFalse(rows.contains(Totp.base32(secret)), rows);
    recovery.forEach(code -> assertFalse(rows.contains(code), rows));
    assertTrue(factor.isAskedFor("ada"));
  }

  @Test
  void without_the_right_key_nobody_gets_in_by_code() throws Exception {
    server.clock.move(Duration.ofMinutes(1));
    Files.write(folder.resolve("sealing.key"), new byte[32]);
    assertEquals(401, signIn(code()));
  }

  @Test
  void a_second_one_needs_the_first_removed() throws Exception {
    server.clock.move(Duration.ofMinutes(1));
    var browser = People.browser(people.signIn("ada", WORD, code()));
    var again = people.post(browser, "/api/v1/session/totp", Json.object().build());
    assertEquals(409, again.statusCode());
    assertTrue(server.server.parts().factors().remove("tester", "ada"));
    assertEquals(401, people.get(browser, "/api/v1/rules").statusCode());
    assertEquals(200, people.signIn("ada", WORD, null).statusCode());
  }

  @Test
  void whoever_has_the_password_tries_few_codes_from_however_many_addresses() {
    var sessions = server.server.parts().sessions();
    for (var i = 0; i < Attempts.OF_PAIR; i++) {
      var guessed = sessions.signIn("ada", WORD, "00000" + i, "203.0.113." + i, null);
      assertInstanceOf(LoginOutcome.Refused.class, guessed);
    }
    server.clock.move(Duration.ofSeconds(30));
    var right = sessions.signIn("ada", WORD, code(), "203.0.113.99", null);
    assertInstanceOf(LoginOutcome.Refused.class, right, "it might be the next guess");
    server.clock.move(Attempts.WINDOW.plusSeconds(60));
    var later = sessions.signIn("ada", WORD, code(), "203.0.113.99", null);
    assertInstanceOf(LoginOutcome.SignedIn.class, later);
  }

  @Test
  void whoever_has_the_password_does_not_keep_the_owners_browser_out() {
    var sessions = server.server.parts().sessions();
    server.clock.move(Duration.ofSeconds(30));
    var first = sessions.signIn("ada", WORD, code(), "198.51.100.7", null);
    var browser = assertInstanceOf(LoginOutcome.SignedIn.class, first).browser();
    for (var i = 0; i < Attempts.OF_PAIR + 5; i++) {
      sessions.signIn("ada", WORD, "00000" + i % 10, "203.0.113." + i, null);
    }
    server.clock.move(Duration.ofSeconds(30));
    var stranger = sessions.signIn("ada", WORD, code(), "203.0.113.99", null);
    assertInstanceOf(LoginOutcome.Refused.class, stranger);
    server.clock.move(Duration.ofSeconds(30));
    var owner = sessions.signIn("ada", WORD, code(), "198.51.100.7", browser);
    assertInstanceOf(LoginOutcome.SignedIn.class, owner);
  }

  @Test
  void a_code_of_a_clock_that_was_ahead_keeps_nobody_out() throws Exception {
    server.clock.move(Duration.ofDays(4_000));
    assertEquals(200, signIn(code()));
    server.clock.move(Duration.ofDays(-4_000));
    server.clock.move(Duration.ofMinutes(1));
    assertEquals(200, signIn(code()));
    assertEquals(401, signIn(code()), "a code is good once");
  }
}
