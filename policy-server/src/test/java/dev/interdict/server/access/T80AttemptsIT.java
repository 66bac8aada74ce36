package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.interdict.json.Json;
import dev.interdict.server.MovableClock;
import dev.interdict.server.main.TestingServer;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Test 80: no header evades the limits, no stranger locks somebody out, and servers count
/// together.
class T80AttemptsIT {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));

  @TempDir Path folder;

  private boolean allowed(Attempts attempts, String account, String address) {
    return attempts.begin(account, Address.counted(address), clock.instant()).isZero();
  }

  @Test
  void rotating_forwarded_addresses_evades_nothing() throws IOException {
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(Sessions.class);
    said.start();
    logger.addAppender(said);
    try (var server = new TestingServer(folder)) {
      var people = new People(server);
      var limited = 0;
      for (var i = 0; i < Attempts.OF_ADDRESS + 5; i++) {
        var answer =
            people.signIn("nobody-" + i, "wrong", null, "X-Forwarded-For", "203.0.113." + i);
        limited += answer.statusCode() == 429 ? 1 : 0;
      }
      assertEquals(5, limited);
      assertEquals(
          Attempts.OF_ADDRESS, said.list.size(), "each attempt that was judged, and none else");
      assertTrue(said.list.getFirst().getKeyValuePairs().toString().contains("account=\"?\""));
    } finally {
      logger.detachAppender(said);
    }
  }

  @Test
  void a_flood_of_wrong_tokens_is_sent_away() throws IOException {
    try (var server = new TestingServer(folder)) {
      var people = new People(server);
      var status = 0;
      for (var i = 0; i < 61; i++) {
        status = people.bearer("/api/v1/rules", "interdict_" + "x".repeat(43)).statusCode();
      }
      assertEquals(429, status);
    }
  }

  @Test
  void a_stranger_uses_up_the_own_attempts_and_nobody_elses() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      for (var i = 0; i < Attempts.OF_PAIR; i++) {
        assertTrue(allowed(attempts, "ada", "203.0.113.9"));
      }
      assertEquals(false, allowed(attempts, "ada", "203.0.113.9"));
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
      clock.move(Attempts.WINDOW);
      assertTrue(allowed(attempts, "ada", "203.0.113.9"));
    }
  }

  @Test
  void many_strangers_are_slowed_down_and_a_known_address_is_not() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
      attempts.succeeded("ada", "198.51.100.7", clock.instant());
      clock.move(Duration.ofDays(1));
      for (var i = 0; i < Attempts.OF_ACCOUNT; i++) {
        assertTrue(allowed(attempts, "ada", "203.0.113." + i));
      }
      assertTrue(allowed(attempts, "ada", "203.0.113.200"));
      assertEquals(false, allowed(attempts, "ada", "203.0.113.200"));
      for (var i = 0; i < Attempts.OF_PAIR; i++) {
        assertTrue(allowed(attempts, "ada", "198.51.100.7"));
      }
    }
  }

  /// Whoever is behind the same address, with the same name, uses up their own attempts alone.
  @Test
  void a_known_browser_goes_on_whatever_its_neighbours_do() throws Exception {
    try (var server = new TestingServer(folder)) {
      var people = new People(server);
      server.admin("ada");
      var browser = cookie(people.signIn("ada", TestingServer.PASSWORD, null));
      for (var i = 0; i < Attempts.OF_ADDRESS + 5; i++) {
        people.signIn("ada", "wrong", null);
        people.signIn("nobody-" + i, "wrong", null);
      }
      assertEquals(429, people.signIn("ada", TestingServer.PASSWORD, null).statusCode());
      var other = people.signIn("ada", TestingServer.PASSWORD, null, "Cookie", made());
      assertEquals(429, other.statusCode());
      var again = people.signIn("ada", TestingServer.PASSWORD, null, "Cookie", browser);
      assertEquals(200, again.statusCode());
      for (var i = 0; i < Attempts.OF_PAIR; i++) {
        var wrong = people.signIn("ada", "wrong", null, "Cookie", browser);
        assertEquals(401, wrong.statusCode());
      }
      assertEquals(
          429, people.signIn("ada", TestingServer.PASSWORD, null, "Cookie", browser).statusCode());
      var bo = people.signIn("bo", "wrong", null, "Cookie", browser);
      assertEquals(429, bo.statusCode(), "it is known for ada alone");
    }
  }

  private static String cookie(java.net.http.HttpResponse<String> signedIn) {
    return signedIn.headers().allValues("Set-Cookie").stream()
        .filter(each -> each.startsWith("interdict-browser="))
        .findFirst()
        .orElseThrow()
        .replaceAll(";.*", "");
  }

  private static String made() {
    return "interdict-browser=" + "x".repeat(43);
  }

  @Test
  void a_session_proves_itself_whatever_its_neighbours_do() throws Exception {
    try (var server = new TestingServer(folder)) {
      var people = new People(server);
      server.admin("ada");
      var browser = People.browser(people.signIn("ada", TestingServer.PASSWORD, null));
      for (var i = 0; i < Attempts.OF_ADDRESS; i++) {
        people.signIn(i % 2 == 0 ? "ada" : "nobody-" + i, "wrong", null);
      }
      var password = Json.object().put("password", TestingServer.PASSWORD).build();
      assertEquals(200, people.post(browser, "/api/v1/session/prove", password).statusCode());
    }
  }

  @Test
  void attempts_of_a_clock_that_was_ahead_keep_nobody_out() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      clock.move(Duration.ofDays(4_000));
      for (var i = 0; i <= Attempts.OF_PAIR; i++) {
        allowed(attempts, "ada", "203.0.113.9");
      }
      clock.move(Duration.ofDays(-4_000));
      for (var i = 0; i < Attempts.OF_PAIR; i++) {
        assertTrue(allowed(attempts, "ada", "203.0.113.9"));
      }
      assertEquals(false, allowed(attempts, "ada", "203.0.113.9"));
    }
  }

  @Test
  void strangers_of_a_clock_that_was_ahead_slow_nobody_down() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      clock.move(Duration.ofDays(4_000));
      for (var i = 0; i < Attempts.OF_ACCOUNT; i++) {
        allowed(attempts, "ada", "203.0.113." + i);
        allowed(attempts, "nobody-" + i, "198.51.100.7");
      }
      clock.move(Duration.ofDays(-4_000));
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
    }
  }

  /// As a server beside this one leaves them whose clock is ahead, however they came to be there.
  @Test
  void what_another_servers_clock_writes_ahead_of_time_slows_nobody_down() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
      var ahead = clock.instant().plus(Duration.ofDays(4_000)).toEpochMilli();
      for (var i = 0; i < Attempts.OF_ACCOUNT; i++) {
        var address = "203.0.113." + i;
        database.write(connection ->
            Sql.update(
                connection,
                "insert into sign_in_attempt (account, address, window_start, failures) values"
                    + " ('ada', ?, ?, 1)",
                address,
                ahead));
      }
      assertTrue(allowed(attempts, "ada", "198.51.100.7"));
    }
  }

  /// Else somebody who tries now and then would never be let in again.
  @Test
  void a_window_begins_with_its_first_attempt_and_a_right_one_wipes_none_before_it() {
    try (var database = TestingDatabase.open(folder)) {
      var attempts = new Attempts(database);
      for (var i = 1; i < Attempts.OF_PAIR; i++) {
        assertTrue(allowed(attempts, "ada", "203.0.113.9"));
      }
      clock.move(Attempts.WINDOW.minusMinutes(1));
      assertTrue(allowed(attempts, "ada", "203.0.113.9"));
      attempts.succeeded("ada", "203.0.113.9", clock.instant());
      assertTrue(allowed(attempts, "ada", "203.0.113.9"));
      assertEquals(false, allowed(attempts, "ada", "203.0.113.9"));
      clock.move(Duration.ofMinutes(1));
      assertTrue(allowed(attempts, "ada", "203.0.113.9"));
    }
  }

  @Test
  void servers_on_one_database_count_together() {
    try (Database one = TestingDatabase.open(folder);
        Database two = TestingDatabase.open(folder)) {
      var first = new Attempts(one);
      var second = new Attempts(two);
      for (var i = 0; i < Attempts.OF_PAIR; i++) {
        assertTrue(allowed(i % 2 == 0 ? first : second, "ada", "203.0.113.9"));
      }
      assertEquals(false, allowed(first, "ada", "203.0.113.9"));
      assertEquals(false, allowed(second, "ada", "203.0.113.9"));
    }
  }

  @Test
  void a_network_of_ipv6_counts_as_one() {
    assertEquals(Address.counted("2001:db8:1:2::1"), Address.counted("2001:db8:1:2:ffff::9"));
    assertEquals("203.0.113.9", Address.counted("203.0.113.9"));
    assertEquals("203.0.113.9", Address.counted("::ffff:203.0.113.9"));
    assertEquals(
        false, Address.counted("2001:db8:1:3::1").equals(Address.counted("2001:db8:1:2::1")));
  }
}
