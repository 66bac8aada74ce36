package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.guard.LastTrouble.Trouble;
import dev.interdict.report.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastTroubleTest {
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private Instant now = START;
  private final LastTrouble trouble = new LastTrouble(() -> now);

  @Test
  void that_the_server_was_away_is_over_once_it_is_reached() {
    trouble.on(new Event.PolicyProblem(Problem.POLICY_UNREACHABLE, "nothing answers", false));
    assertEquals(new Trouble(START, "policy-unreachable: nothing answers"), trouble.last(false));
    assertNull(trouble.last(true));
  }

  @Test
  void what_else_went_wrong_is_not_hidden_by_it() {
    trouble.on(new Event.ScanFailed("no scan"));
    var failed = new Trouble(START, "scan failed: no scan");
    now = START.plusSeconds(1);
    trouble.on(new Event.PolicyProblem(Problem.POLICY_UNREACHABLE, "nothing answers", false));
    assertEquals("policy-unreachable: nothing answers", what(false));
    assertEquals(failed, trouble.last(true));
    now = START.plus(HOUR).minusSeconds(1);
    assertTrue(trouble.isWithin(HOUR, failed));
    now = START.plus(HOUR);
    assertFalse(trouble.isWithin(HOUR, failed));
  }

  @Test
  void a_list_that_was_refused_is_told_though_the_server_is_reached() {
    trouble.on(new Event.PolicyProblem(Problem.POLICY_TAMPERED, "forged"));
    assertEquals("policy-tampered: forged", what(true));
    trouble.on(new Event.Delivered(1));
    assertEquals("policy-tampered: forged", what(true));
  }

  @Test
  void a_list_that_cannot_be_fetched_is_told_though_the_server_answers() {
    trouble.on(new Event.PolicyProblem(Problem.POLICY_UNREACHABLE, "timestamp.json: 503"));
    assertEquals("policy-unreachable: timestamp.json: 503", what(true));
  }

  private String what(boolean reached) {
    var last = trouble.last(reached);
    return last == null ? "" : last.what();
  }
}
