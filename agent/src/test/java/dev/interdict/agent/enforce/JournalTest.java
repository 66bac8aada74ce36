package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final Random random = new Random(1);
  private @TempDir Path temporary;

  private List<JournalRecord> all() {
    var id = HeldId.fresh(random);
    var home =
        new Home("alice", 1000, BytePath.ROOT.resolve("home").resolve(new byte[] {(byte) 0xff}));
    var file = new FileId(1, 2);
    var at = Instant.parse("2026-07-10T00:00:00Z");
    return List.of(
        new JournalRecord.Take(
            id,
            new RuleId("claude-code"),
            "Claude Code",
            home,
            home.path().resolve(new byte[] {'\n', (byte) 0xfe}),
            file,
            FileKind.DIRECTORY,
            at,
            at.plusSeconds(1),
            Map.of("en", "why", "zh-CN", "\u4e3a\u4ec0\u4e48")),
        new JournalRecord.Copied(id, "aa"),
        new JournalRecord.Removing(id),
        new JournalRecord.Taken(id, "aa", 3),
        new JournalRecord.PutBack(id),
        new JournalRecord.GiveBack(id),
        new JournalRecord.CopiedBack(id, file),
        new JournalRecord.KeptBack(id),
        new JournalRecord.GivenBack(id),
        new JournalRecord.Purge(id),
        new JournalRecord.Purged(id),
        new JournalRecord.Stub(id, "aa", at),
        new JournalRecord.Stubbed(id),
        new JournalRecord.Unstub(id),
        new JournalRecord.Unstubbed(id),
        new JournalRecord.Emptied(
            HeldId.fresh(random), null, BytePath.parse("/usr/lib/x"), 0, 0, 0755));
  }

  private Path file() {
    return temporary.resolve("journal");
  }

  private Journal open() throws IOException {
    return Journal.open(file(), Steps.NONE);
  }

  @Test
  void every_kind_of_record_is_read_as_it_was_written() throws Exception {
    var all = all();
    try (var journal = open()) {
      for (var record : all) {
        journal.append(record);
      }
    }
    try (var journal = open()) {
      assertEquals(all, journal.records());
      assertEquals(0, journal.damaged());
    }
  }

  @Test
  void a_journal_cut_anywhere_keeps_what_was_whole_and_goes_on() throws Exception {
    var all = all();
    var ends = new ArrayList<Long>();
    try (var journal = open()) {
      for (var record : all) {
        journal.append(record);
        ends.add(Files.size(file()));
      }
    }
    var whole = Files.readAllBytes(file());
    for (var length = 0; length <= whole.length; length += 7) {
      Files.write(file(), Arrays.copyOf(whole, length));
      var cut = length;
      var expected =
          new ArrayList<>(all.subList(0, (int) ends.stream().filter(end -> end <= cut).count()));
      try (var journal = open()) {
        assertEquals(expected, journal.records());
        journal.append(all.getFirst());
      }
      expected.add(all.getFirst());
      try (var journal = open()) {
        assertEquals(expected, journal.records());
        assertEquals(0, journal.damaged());
      }
    }
  }

  @Test
  void a_flipped_bit_costs_one_record_and_no_other() throws Exception {
    var all = all();
    try (var journal = open()) {
      for (var record : all) {
        journal.append(record);
      }
    }
    var whole = Files.readAllBytes(file());
    for (var at = 0; at < whole.length; at += 7) {
      var bent = whole.clone();
      bent[at] ^= 0x10;
      Files.write(file(), bent);
      try (var journal = open()) {
        assertEquals(all.size() - 1, journal.records().size());
        assertEquals(1, journal.damaged());
      }
    }
  }

  /// Whoever was told that it could not be written must not find it there later.
  @Test
  void a_record_that_could_not_be_forced_is_none() throws Exception {
    var all = all();
    var full = new boolean[1];
    Steps steps =
        act -> {
          if (full[0] && act.equals("journal force")) {
            throw new IOException("no space");
          }
        };
    try (var journal = Journal.open(file(), steps)) {
      journal.append(all.getFirst());
      full[0] = true;
      assertThrows(IOException.class, () -> journal.append(all.get(1)));
      full[0] = false;
      journal.append(all.get(2));
    }
    try (var journal = open()) {
      assertEquals(List.of(all.getFirst(), all.get(2)), journal.records());
      assertEquals(0, journal.damaged());
    }
  }

  @Test
  void two_cannot_write_one_journal() throws Exception {
    try (var _ = open()) {
      assertThrows(Exception.class, this::open);
    }
  }
}
