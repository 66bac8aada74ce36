package dev.interdict.agent.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.decide.History;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.PersonHistory;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final Instant T0 = Instant.parse("2026-07-03T01:00:00Z");
  private static final Instant TERM = Instant.parse("2026-07-09T16:00:00Z");
  private static final Instant LATER = Instant.parse("2036-01-01T00:00:00Z");

  @TempDir private Path folder;

  private static Instant at(int seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Entry.Told told(int seconds, ToldOutcome outcome) {
    return new Entry.Told(
        RULE,
        at(seconds),
        TERM,
        "lin",
        NoticePhase.ANNOUNCED,
        TERM,
        outcome,
        outcome == ToldOutcome.SHOWN ? "desktop" : null,
        Duration.ofSeconds(seconds));
  }

  private void story() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      ledger.append(new Entry.Seen(RULE, at(0)));
      ledger.append(told(1, ToldOutcome.NO_SESSION));
      ledger.append(told(2, ToldOutcome.SHOWN));
      ledger.append(
          new Entry.Answered(
              RULE,
              at(3),
              TERM,
              "lin",
              "R-1",
              Entry.Answer.PUT_OFF,
              TERM.plus(Duration.ofDays(1)),
              Duration.ofDays(1),
              null,
              "demo"));
      ledger.append(
          new Entry.Acted(RULE, at(4), ActionKind.FAILED, "pkg:npm/x", ErrorClass.FILE_IN_USE));
    }
  }

  @Test
  void remembers_across_restarts() throws IOException {
    story();
    try (var ledger = Ledger.open(folder)) {
      var lin =
          new PersonHistory(
              at(2), at(2), Duration.ofSeconds(1), Duration.ofSeconds(1), null, null, null);
      assertEquals(
          new History(at(0), Map.of("lin", lin), 1, Duration.ofDays(1), null, Set.of(), Set.of()),
          ledger.of(RULE).history(TERM, LATER));
      assertEquals(1, ledger.of(RULE).acts().failures());
      assertTrue(ledger.of(RULE).acts().unverified());
      assertEquals(0, ledger.damaged());
    }
  }

  @Test
  void notices_of_another_date_do_not_count() throws IOException {
    story();
    try (var ledger = Ledger.open(folder)) {
      assertEquals(
          new History(at(0), Map.of(), 0, Duration.ZERO, null, Set.of(), Set.of()),
          ledger.of(RULE).history(TERM.minusSeconds(1), LATER));
    }
  }

  @Test
  void a_notice_that_a_corrected_clock_places_in_the_future_does_not_count() throws IOException {
    story();
    try (var ledger = Ledger.open(folder)) {
      var before = ledger.of(RULE).history(TERM, at(2).minusMillis(1));
      assertEquals(null, before.of("lin").firstShown());
      assertEquals(Duration.ofSeconds(1), before.of("lin").tried());
      assertEquals(at(2), ledger.of(RULE).history(TERM, at(2)).of("lin").firstShown());
    }
  }

  @Test
  void only_a_verified_removal_counts_as_removed() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      ledger.append(new Entry.Acted(RULE, at(0), ActionKind.QUARANTINED, "pkg:npm/x", null));
      assertFalse(ledger.of(RULE).acts().removed());
      ledger.append(new Entry.Verified(RULE, at(1)));
      assertTrue(ledger.of(RULE).acts().removed());
      ledger.append(new Entry.Acted(RULE, at(2), ActionKind.QUARANTINED, "pkg:npm/x", null));
      assertFalse(ledger.of(RULE).acts().removed());
    }
  }

  @Test
  void a_crash_after_the_intent_leaves_a_doubt() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      ledger.append(new Entry.Verified(RULE, at(0)));
      ledger.append(new Entry.Intended(RULE, at(1)));
    }
    try (var ledger = Ledger.open(folder)) {
      assertTrue(ledger.of(RULE).acts().unverified());
      assertFalse(ledger.of(RULE).acts().removed());
      assertEquals(0, ledger.of(RULE).acts().failures());
    }
  }

  /// Well-formed, and not what was written.
  @Test
  void a_line_that_says_something_else_is_set_aside() throws IOException {
    story();
    var file = folder.resolve("ledger");
    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
    var name = "\"" + RULE.value() + "\"";
    assertTrue(text.contains(name));
    Files.writeString(
        file, text.replaceFirst(name, "\"another-rule\""), StandardCharsets.ISO_8859_1);
    try (var ledger = Ledger.open(folder)) {
      assertEquals(1, ledger.damaged());
      assertFalse(ledger.of(new RuleId("another-rule")).known());
    }
  }

  @Test
  void a_torn_or_flipped_line_is_set_aside_and_the_rest_counts() throws IOException {
    story();
    var file = folder.resolve("ledger");
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    try (var ledger = Ledger.open(folder)) {
      assertEquals(2, ledger.damaged());
      assertEquals(at(0), ledger.of(RULE).history(TERM, LATER).firstSeen());
      assertTrue(Files.exists(folder.resolve("ledger.damaged")));
    }
    try (var ledger = Ledger.open(folder)) {
      assertEquals(0, ledger.damaged());
    }
  }

  @Test
  void an_attempt_counts_once_however_many_of_its_parts_failed() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      for (var attempt = 1; attempt <= 2; attempt++) {
        ledger.append(new Entry.Intended(RULE, at(attempt)));
        for (var part = 0; part < 8; part++) {
          ledger.append(
              new Entry.Acted(RULE, at(attempt), ActionKind.REFUSED, "x", ErrorClass.OTHER));
        }
      }
      assertEquals(2, ledger.of(RULE).acts().failures());
    }
  }

  @Test
  void a_lost_line_end_does_not_cost_the_next_line() throws IOException {
    story();
    var file = folder.resolve("ledger");
    var bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    try (var ledger = Ledger.open(folder)) {
      ledger.append(new Entry.Intended(RULE, at(9)));
    }
    try (var ledger = Ledger.open(folder)) {
      assertEquals(0, ledger.damaged());
    }
  }

  @Test
  void any_garbage_is_survived() throws IOException {
    var random = new Random(7);
    for (var round = 0; round < 200; round++) {
      var garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      Files.write(folder.resolve("ledger"), garbage);
      try (var ledger = Ledger.open(folder)) {
        ledger.append(new Entry.Seen(RULE, at(round)));
      }
      try (var ledger = Ledger.open(folder)) {
        assertEquals(at(round), ledger.of(RULE).history(TERM, LATER).firstSeen());
      }
    }
  }

  @Test
  void what_was_done_is_remembered_however_often_it_is_started_or_comes_back() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      ledger.append(new Entry.Intended(RULE, at(0)));
      ledger.append(new Entry.Acted(RULE, at(0), ActionKind.QUARANTINED, "x", null));
      for (var i = 1; i <= 60; i++) {
        ledger.append(new Entry.Prevented(RULE, at(i), ActionKind.LAUNCH_BLOCKED, "x", 1));
        ledger.append(new Entry.Arrived(RULE, at(i), "user", null));
      }
    }
    // A line that a power cut tore is the occasion to write it all anew.
    Files.writeString(folder.resolve("ledger"), "torn", StandardOpenOption.APPEND);
    try (var ledger = Ledger.open(folder)) {
      assertTrue(ledger.of(RULE).acts().unverified());
      assertTrue(ledger.of(RULE).acts().taken());
      assertTrue(ledger.of(RULE).all().size() < 60);
    }
  }

  @Test
  void stays_small_and_keeps_what_matters() throws IOException {
    try (var ledger = Ledger.open(folder)) {
      ledger.append(told(0, ToldOutcome.SHOWN));
      for (var i = 1; i < 2500; i++) {
        ledger.append(new Entry.Intended(RULE, at(i)));
        ledger.append(new Entry.Acted(RULE, at(i), ActionKind.FAILED, "x", ErrorClass.OTHER));
      }
    }
    Ledger.open(folder).close();
    assertTrue(Files.size(folder.resolve("ledger")) < 20_000);
    try (var ledger = Ledger.open(folder)) {
      assertEquals(at(0), ledger.of(RULE).history(TERM, LATER).of("lin").firstShown());
      assertEquals(25, ledger.of(RULE).acts().failures());
    }
  }
}
