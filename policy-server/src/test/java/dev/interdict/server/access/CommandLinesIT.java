package dev.interdict.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.CommandLines.Answer;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in at a command line, as it is decided in the database.
class CommandLinesIT {
  private static final String HERE = "192.0.2.7";

  @TempDir Path folder;
  private TestingOffice office;
  private CommandLines lines;
  private Session anna;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("office"));
    lines = office.parts().commandLines();
    office.person("anna", Role.AUTHOR, Role.APPROVER);
    anna =
        ((LoginOutcome.SignedIn)
                office.parts().sessions().signIn("anna", TestingOffice.PASSWORD, null, HERE, null))
            .session();
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private CommandLines.Begun begun() {
    return Objects.requireNonNull(lines.begin("interdict of x", HERE));
  }

  @Test
  void who_confirms_is_signed_in_once_and_has_proved_nothing() {
    var begun = begun();
    assertEquals(new Answer.Wait(), lines.redeem(begun.secret(), HERE));
    var waiting = Objects.requireNonNull(lines.waiting(anna, begun.code().toLowerCase()));
    assertEquals("interdict of x", waiting.client());
    assertEquals(HERE, waiting.address());
    assertTrue(lines.decide(anna, begun.code(), true));
    assertFalse(lines.decide(anna, begun.code(), true), "it is decided");
    var answer = (Answer.SignedIn) lines.redeem(begun.secret(), HERE);
    assertEquals("anna", answer.session().account());
    assertEquals(Instant.EPOCH, answer.session().provedAt());
    assertNotNull(office.parts().sessions().find(answer.id()));
    assertEquals(new Answer.Gone(), lines.redeem(begun.secret(), HERE));
  }

  @Test
  void the_short_code_alone_gives_nothing() {
    var begun = begun();
    assertTrue(lines.decide(anna, begun.code(), true));
    assertEquals(new Answer.Gone(), lines.redeem(begun.code(), HERE));
    assertEquals(new Answer.Gone(), lines.redeem(begun.code().replace("-", ""), HERE));
  }

  @Test
  void a_code_ends() {
    var begun = begun();
    office.clock.move(CommandLines.LIFETIME);
    assertNull(lines.waiting(anna, begun.code()));
    assertFalse(lines.decide(anna, begun.code(), true));
    assertEquals(new Answer.Gone(), lines.redeem(begun.secret(), HERE));
    var late = begun();
    assertTrue(lines.decide(anna, late.code(), true));
    office.clock.move(CommandLines.LIFETIME);
    assertEquals(new Answer.Gone(), lines.redeem(late.secret(), HERE));
  }

  @Test
  void who_refuses_gives_nothing() {
    var begun = begun();
    assertTrue(lines.decide(anna, begun.code(), false));
    assertEquals(new Answer.Refused(), lines.redeem(begun.secret(), HERE));
    assertEquals(new Answer.Gone(), lines.redeem(begun.secret(), HERE));
  }

  @Test
  void no_program_and_nobody_of_no_account_confirms() {
    var begun = begun();
    for (var kind : Set.of(Session.Kind.TOKEN, Session.Kind.BREAK_GLASS)) {
      var other =
          new Session(
              "other", kind, anna.roles(), Scope.WHOLE, "", anna.expiresAt(), anna.provedAt(), "");
      assertFalse(lines.decide(other, begun.code(), true), kind.toString());
    }
    assertEquals(new Answer.Wait(), lines.redeem(begun.secret(), HERE));
  }

  @Test
  void an_account_that_is_disabled_meanwhile_is_not_signed_in() {
    var begun = begun();
    assertTrue(lines.decide(anna, begun.code(), true));
    office.parts().accounts().disable("tester", "anna");
    assertEquals(new Answer.Refused(), lines.redeem(begun.secret(), HERE));
  }

  @Test
  void codes_are_not_guessed() {
    var begun = begun();
    for (var i = 0; i < 10; i++) {
      assertNull(lines.waiting(anna, "BBBB-BBBB"));
    }
    assertNull(lines.waiting(anna, begun.code()), "no more guesses");
    office.clock.move(CommandLines.LIFETIME.minus(Duration.ofSeconds(1)));
    assertNull(lines.waiting(anna, begun.code()));
  }

  @Test
  void nobody_begins_without_end_nor_asks_without_pause() {
    for (var i = 0; i < 20; i++) {
      assertNotNull(lines.begin("x", HERE));
    }
    assertNull(lines.begin("x", HERE));
    var elsewhere = Objects.requireNonNull(lines.begin("x", "198.51.100.9"));
    assertEquals(new Answer.Wait(), lines.redeem(elsewhere.secret(), HERE));
    assertEquals(new Answer.Slower(), lines.redeem(elsewhere.secret(), HERE));
    office.clock.move(CommandLines.INTERVAL);
    assertEquals(new Answer.Wait(), lines.redeem(elsewhere.secret(), HERE));
  }
}
