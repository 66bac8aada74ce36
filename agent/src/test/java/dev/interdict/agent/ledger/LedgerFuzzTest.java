package dev.interdict.agent.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ledger that was damaged, or written by another version.
class LedgerFuzzTest {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final Instant AT = Instant.parse("2026-07-10T00:00:00Z");
  private static final List<Entry> ALL =
      List.of(
          new Entry.Seen(RULE, AT),
          new Entry.Told(
              RULE,
              AT,
              AT.plusSeconds(60),
              "lin",
              NoticePhase.ANNOUNCED,
              AT.plusSeconds(60),
              ToldOutcome.SHOWN,
              "desktop",
              Duration.ofHours(1)),
          new Entry.GaveUp(RULE, AT, AT.plusSeconds(60), "lin"),
          new Entry.Clicked(RULE, AT, "lin", "announced", "desktop", "why"),
          new Entry.Answered(
              RULE,
              AT,
              AT.plusSeconds(60),
              "lin",
              "R-1",
              Entry.Answer.PUT_OFF,
              AT.plusSeconds(90),
              Duration.ofHours(4),
              null,
              "demo"),
          new Entry.Mentioned(RULE, AT, "exempted EX-1"),
          new Entry.Named(RULE, AT, "Claude Code", "Qoder", "https://qoder.com/"),
          new Entry.Spared(RULE, AT, true),
          new Entry.Held(RULE, AT, false),
          new Entry.Leapt(RULE, AT, AT.minusSeconds(60), Duration.ofDays(3)),
          new Entry.Forgot(RULE, AT, Duration.ofDays(2)),
          new Entry.Intended(RULE, AT),
          new Entry.Acted(RULE, AT, ActionKind.values()[0], "pkg:npm/x", ErrorClass.values()[0]),
          new Entry.Prevented(RULE, AT, ActionKind.LAUNCH_BLOCKED, "pkg:npm/x", 3),
          new Entry.Arrived(RULE, AT, "self-updater", "/usr/bin/node"),
          new Entry.Verified(RULE, AT));

  @TempDir Path folder;

  @Test
  void entries() throws InterruptedException {
    Fuzz.of("ledger-entry")
        .seeds(
            ALL.stream()
                .map(entry -> JsonWriter.compact(EntryJson.write(entry)))
                .toArray(byte[][]::new))
        .words("PT4H", "told", "deferred", "acted")
        .refuses(JsonException.class)
        .run(input -> {
          var read = EntryJson.read(JsonReader.read(input, JsonLimits.OWN));
          assertEquals(read, EntryJson.read(EntryJson.write(read)));
        });
  }

  @Test
  void a_whole_ledger_opens_whatever_became_of_it() throws Exception {
    try (var ledger = Ledger.open(folder)) {
      for (var entry : ALL) {
        ledger.append(entry);
      }
    }
    var file = folder.resolve("ledger");
    Fuzz.of("ledger")
        .seeds(Files.readAllBytes(file))
        .refuses(IOException.class)
        .run(input -> {
          Files.write(file, input);
          List<Entry> entries;
          try (var ledger = Ledger.open(folder)) {
            ledger.append(ALL.getFirst());
            entries = List.copyOf(ledger.of(RULE).entries());
          }
          try (var again = Ledger.open(folder)) {
            assertEquals(entries, again.of(RULE).entries());
            assertEquals(0, again.damaged(), "damage was set aside the first time");
          }
          Files.deleteIfExists(folder.resolve("ledger.damaged"));
        });
  }
}
