package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that was damaged, or written by another version: what it says of what is in quarantine
/// must not be lost with it.
class JournalFuzzTest {
  private static final HeldId ID = new HeldId("0123456789abcdef0123456789abcdef");
  private static final FileId FILE = new FileId(1, 2);
  private static final Instant AT = Instant.parse("2026-07-10T00:00:00Z");
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));
  private static final List<JournalRecord> ALL =
      List.of(
          new JournalRecord.Take(
              ID,
              new RuleId("claude-code"),
              "Claude Code",
              ADA,
              ADA.path().resolve(new byte[] {'\n', (byte) 0xfe}),
              FILE,
              FileKind.DIRECTORY,
              AT,
              AT.plusSeconds(1),
              Map.of("en", "why")),
          new JournalRecord.Amend(
              ID,
              "aa",
              "bb",
              ID,
              List.of(new Amendment.Cut(1, 5, 0, 5), new Amendment.Cut(9, 10, 9, 11))),
          new JournalRecord.Amended(ID),
          new JournalRecord.Settled(ID),
          new JournalRecord.Copied(ID, "aa"),
          new JournalRecord.Taken(ID, "aa", 3),
          new JournalRecord.CopiedBack(ID, FILE),
          new JournalRecord.GivenBack(ID),
          new JournalRecord.Stub(ID, "aa", AT),
          new JournalRecord.Unstubbed(ID),
          new JournalRecord.Emptied(ID, null, BytePath.parse("/usr/lib/x"), 0, 0, 0755));

  @TempDir Path folder;

  @Test
  void records() throws InterruptedException {
    Fuzz.of("journal-record")
        .seeds(
            ALL.stream()
                .map(record -> JsonWriter.compact(JournalJson.write(record)))
                .toArray(byte[][]::new))
        .words("take", "given-back", "2026-07-10T00:00:00Z", "+1000000000-12-31T23:59:59Z")
        .refuses(JsonException.class)
        .run(input -> {
          var read = JournalJson.read(JsonReader.read(input, JsonLimits.OWN));
          assertEquals(read, JournalJson.read(JournalJson.write(read)));
        });
  }

  @Test
  void a_whole_journal_opens_whatever_became_of_it() throws Exception {
    var file = folder.resolve("journal");
    try (var journal = Journal.open(file, Steps.NONE)) {
      for (var record : ALL) {
        journal.append(record);
      }
    }
    Fuzz.of("journal")
        .seeds(Files.readAllBytes(file))
        .refuses(IOException.class)
        .run(input -> {
          Files.write(file, input);
          var expected = new ArrayList<JournalRecord>();
          try (var journal = Journal.open(file, Steps.NONE)) {
            expected.addAll(journal.records());
            journal.append(ALL.getFirst());
            expected.add(ALL.getFirst());
          }
          try (var again = Journal.open(file, Steps.NONE)) {
            assertEquals(expected, again.records());
          }
        });
  }
}
