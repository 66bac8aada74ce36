package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.TestingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Test 72: the break-glass account is off, host-only, expiring, alarmed, and cannot approve.
class T72BreakGlassIT {
  @TempDir Path folder;
  private TestingServer server;
  private People people;
  private BreakGlass breakGlass;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
    people = new People(server);
    breakGlass = server.server.parts().breakGlass();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int signIn(String password) throws IOException {
    return people.signIn(Accounts.BREAK_GLASS, password, null).statusCode();
  }

  @Test
  void it_is_off_and_nobody_makes_it_by_its_name() throws Exception {
    assertEquals(401, signIn(TestingServer.PASSWORD));
    assertNull(breakGlass.enabledUntil());
    var accounts = server.server.parts().accounts();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            accounts.create(
                "x", Accounts.BREAK_GLASS, TestingServer.PASSWORD, Set.of(Role.VIEWER)));
  }

  @Test
  void it_lasts_an_hour_and_so_does_who_came_in_by_it() throws Exception {
    var password = breakGlass.enable("root");
    var ends = Objects.requireNonNull(breakGlass.enabledUntil()).toString();
    server.clock.move(Duration.ofMinutes(1));
    var signedIn = people.signIn(Accounts.BREAK_GLASS, password, null);
    assertEquals(ends, People.text(signedIn, "expires"), "what is told is what holds");
    var browser = People.browser(signedIn);
    server.clock.move(Duration.ofMinutes(28));
    assertEquals(200, people.get(browser, "/api/v1/rules").statusCode());
    server.clock.move(Duration.ofMinutes(29));
    assertEquals(200, people.get(browser, "/api/v1/rules").statusCode());
    server.clock.move(Duration.ofMinutes(2));
    assertEquals(401, people.get(browser, "/api/v1/rules").statusCode());
    assertEquals(401, signIn(password));
  }

  @Test
  void switched_off_or_on_anew_what_it_was_is_worth_nothing() throws Exception {
    var password = breakGlass.enable("root");
    var browser = People.browser(people.signIn(Accounts.BREAK_GLASS, password, null));
    var other = breakGlass.enable("root");
    assertEquals(401, people.get(browser, "/api/v1/rules").statusCode());
    assertEquals(401, signIn(password));
    assertTrue(breakGlass.disable("root"));
    assertFalse(breakGlass.disable("root"));
    assertEquals(401, signIn(other));
  }

  /// Each defence by itself: sessions go when it is switched off, and one that was being opened at
  /// that moment is none.
  @Test
  void switching_it_off_ends_sessions_and_those_that_just_begin() {
    var sessions = server.server.parts().sessions();
    var account = account(breakGlass.enable("root"));
    var open = sessions.open(account, "127.0.0.1", server.clock.instant());
    assertEquals(1, sessions.beside(open.session()).size());
    assertTrue(breakGlass.disable("root"));
    assertEquals(List.of(), sessions.beside(open.session()));
    var late = sessions.open(account, "127.0.0.1", server.clock.instant());
    assertNull(sessions.find(late.id()));
  }

  @Test
  void switched_on_by_a_clock_that_was_ahead_it_opens_no_session() {
    server.clock.move(Duration.ofDays(4_000));
    var account = account(breakGlass.enable("root"));
    server.clock.move(Duration.ofDays(-4_000));
    var sessions = server.server.parts().sessions();
    var opened = sessions.open(account, "127.0.0.1", server.clock.instant());
    assertNull(sessions.find(opened.id()));
  }

  private Account account(String password) {
    return Objects.requireNonNull(
        server.server.parts().accounts().authenticate(Accounts.BREAK_GLASS, password));
  }

  @Test
  void a_second_factor_that_somebody_gave_it_keeps_nobody_out() throws Exception {
    breakGlass.enable("root");
    var factors = server.server.parts().factors();
    var enrolment = Objects.requireNonNull(factors.enrol(Accounts.BREAK_GLASS, "x"));
    var secret = SecondFactorIT.decoded(enrolment.secret());
    var code = Totp.code(secret, Totp.step(server.clock.instant()), Totp.DIGITS);
    assertEquals(
        10, Objects.requireNonNull(factors.confirm("root", Accounts.BREAK_GLASS, code)).size());
    assertEquals(200, signIn(breakGlass.enable("root")));
  }

  @Test
  void each_use_of_it_is_in_the_audit_log_and_among_the_errors() throws Exception {
    var said = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger("dev.interdict.server.access");
    said.start();
    logger.addAppender(said);
    People.browser(people.signIn(Accounts.BREAK_GLASS, breakGlass.enable("root"), null));
    logger.detachAppender(said);
    assertEquals(
        List.of("the break-glass account was switched on", "somebody uses the break-glass account"),
        said.list.stream()
            .filter(each -> each.getLevel() == Level.ERROR)
            .map(ILoggingEvent::getMessage)
            .toList());
    // Whoever switches it on does so beside the server, so other systems are told by an event.
    assertEquals(
        List.of("root switched-on", "break-glass used"),
        server
            .server
            .parts()
            .database()
            .read(handle ->
                handle
                    .createQuery(
                        "select actor, detail from event where kind = 'account.break_glass' order"
                            + " by seq")
                    .map((row, _) ->
                        row.getString("actor")
                            + row.getString("detail")
                                .replace("{\"what\":\"", " ")
                                .replace("\"}", ""))
                    .list()));
    var newest = server.server.parts().audit().newest(Long.MAX_VALUE, 2);
    assertEquals(
        List.of("session.open", "break-glass.on"),
        newest.stream().map(AuditEntry::action).toList());
  }

  @Test
  void it_approves_nothing_whatever_it_is_granted() throws Exception {
    var password = breakGlass.enable("root");
    var parts = server.server.parts();
    parts
        .accounts()
        .grant(
            "eve",
            Accounts.BREAK_GLASS,
            Set.of(Role.APPROVER),
            dev.interdict.server.scope.Scope.WHOLE,
            TestingServer.PASSWORD);
    var signedIn = parts.sessions().signIn(Accounts.BREAK_GLASS, password, null, "127.0.0.1", null);
    if (!(signedIn instanceof LoginOutcome.SignedIn(_, var session, _))) {
      throw new AssertionError("not signed in");
    }
    assertFalse(session.may(Role.APPROVER));
    assertThrows(Failure.class, () -> OpenServer.account(parts, Accounts.BREAK_GLASS));
  }
}
