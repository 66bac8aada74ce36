package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurvivorsTest {
  private static final RuleId RULE = new RuleId("claude-code");
  private static final FileId PROGRAM = new FileId(9, 4);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("survivors.json");
  }

  private static RunningProcess process(long pid, long start) {
    return new RunningProcess(
        pid, start, 1000, BytePath.parse("/usr/bin/x"), PROGRAM, List.of(), "x");
  }

  @Test
  void a_process_is_known_by_its_number_and_its_start() throws Exception {
    Survivors.open(file, "a").remember(RULE, process(7, 70), Set.of(PROGRAM));
    var later = Survivors.open(file, "a");
    assertEquals(Set.of(PROGRAM), later.of(RULE, List.of(process(7, 70))));
    assertEquals(Set.of(), later.of(new RuleId("other"), List.of(process(7, 70))));
    assertEquals(Set.of(), later.of(RULE, List.of(process(7, 71))));
    // It has ended, and its number with that start never comes again.
    assertEquals(Set.of(), Survivors.open(file, "a").of(RULE, List.of(process(7, 70))));
  }

  @Test
  void of_another_boot_and_of_a_damaged_file_nobody_is_known() throws Exception {
    Survivors.open(file, "a").remember(RULE, process(7, 70), Set.of(PROGRAM));
    assertEquals(Set.of(), Survivors.open(file, "b").of(RULE, List.of(process(7, 70))));
    var whole = Files.readAllBytes(file);
    Fuzz.of("survivors")
        .seeds(whole)
        .run(bytes -> {
          Files.write(file, bytes);
          Survivors.open(file, "a").any(RULE);
        });
  }

  @Test
  void what_cannot_be_kept_is_said() throws Exception {
    Files.writeString(folder.resolve("taken"), "");
    var survivors = Survivors.open(folder.resolve("taken/survivors.json"), "a");
    assertThrows(
        IOException.class, () -> survivors.remember(RULE, process(7, 70), Set.of(PROGRAM)));
  }
}
