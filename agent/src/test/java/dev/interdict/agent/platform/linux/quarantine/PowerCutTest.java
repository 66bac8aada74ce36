package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Journal;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// T94. The power goes at every moment of a removal, of its way back and of the recovery from a
/// crash in either; what was not forced to disk is there or not ([Disk]). After each cut the tool
/// is in exactly one place and whole, and nothing of ours is left beside it.
///
/// `-Dinterdict.cuts=1` cuts after every crash across file systems; by default after every
/// eleventh.
@EnabledOnOs(OS.LINUX)
class PowerCutTest {
  private static final int STRIDE = Integer.getInteger("interdict.cuts", 11);
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String TOOL = "home/alice/tool";
  private static final String LIST = "home/alice/ext/extensions.json";
  private static final String OLD = "[{\"a\":1},{\"b\":2},{\"c\":3}]";
  private static final String NEW = "[{\"a\":1},{\"c\":3}]";

  private final Random random = new Random(94);
  private Path folder;
  private @Nullable Path built;
  private boolean across;
  private boolean spoilt;
  private boolean privileged;
  private boolean listed;
  private int cuts;

  @BeforeEach
  void folder() throws IOException {
    folder =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "interdict")
            : Files.createTempDirectory("interdict");
  }

  @AfterEach
  void clear() throws IOException {
    CrashTest.delete(folder);
  }

  private static Home home() {
    return new Home("alice", Kernel.effectiveUid(), BytePath.parse("/home/alice"));
  }

  private Path machine() {
    return Objects.requireNonNull(built);
  }

  private void fresh() throws IOException {
    if (built != null) {
      CrashTest.delete(built);
    }
    var machine = Files.createDirectory(folder.resolve("machine"));
    built = machine;
    var sandbox = Sandbox.in(Files.createDirectory(machine.resolve("root")));
    sandbox.user("alice");
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/tool/bin/run", "#!/bin/sh\n").toFile().setExecutable(true);
    sandbox.link("/home/alice/tool/link", "package.json");
    if (privileged) {
      Files.setAttribute(sandbox.at("/home/alice/tool/bin/run"), "unix:mode", 04755);
      var linked = sandbox.write("/home/alice/tool/bin/linked", "x");
      Files.setAttribute(linked, "unix:mode", 04755);
      Files.createLink(sandbox.at("/linked"), linked);
    }
    if (listed) {
      sandbox.write("/" + LIST, OLD);
    }
  }

  private Acts acts(Disk disk, Steps stop) {
    return RecordedActs.on(disk, across, machine().resolve("quarantine/journal"), stop);
  }

  private Bench bench(Path at, Acts acts) throws IOException {
    var sandbox = Sandbox.at(at.resolve("root"));
    return Bench.open(sandbox, home(), at.resolve("quarantine"), acts);
  }

  private interface Work {
    void with(Bench bench) throws IOException;
  }

  private interface Check {
    void of(Path at, Map<String, String> original) throws IOException;
  }

  private Check check = this::intact;

  /// What the disk may hold after any moment of what was recorded, from event `from` on.
  private void cut(Disk disk, int from, Map<String, String> original) throws IOException {
    for (var moment = from; moment < disk.moments(); moment++) {
      for (var state : disk.after(moment, random)) {
        var at = Files.createDirectory(folder.resolve("cut"));
        try {
          var became = state.materialise(disk.root(), at);
          translate(at.resolve("quarantine/journal"), became);
          check.of(at, original);
        } catch (AssertionError | IOException e) {
          throw new AssertionError("after " + moment + " events: " + e.getMessage(), e);
        }
        CrashTest.delete(at);
        cuts++;
      }
    }
  }

  /// The journal names files by their inodes, which are others here.
  private static void translate(Path journal, Map<FileId, FileId> became) throws IOException {
    if (!Files.exists(journal)) {
      return;
    }
    try (var old = Journal.open(journal, Steps.NONE)) {
      Files.delete(journal);
      try (var fresh = Journal.open(journal, Steps.NONE)) {
        for (var record : old.records()) {
          fresh.append(translated(record, became));
        }
      }
    }
  }

  private static JournalRecord translated(JournalRecord record, Map<FileId, FileId> became) {
    return switch (record) {
      case JournalRecord.Take t ->
          new JournalRecord.Take(
              t.id(),
              t.rule(),
              t.item(),
              t.owner(),
              t.path(),
              became.getOrDefault(t.file(), new FileId(0, 0)),
              t.kind(),
              t.at(),
              t.until(),
              t.reasons());
      case JournalRecord.CopiedBack c ->
          new JournalRecord.CopiedBack(c.id(), became.getOrDefault(c.file(), new FileId(0, 0)));
      default -> record;
    };
  }

  private void intact(Path at, Map<String, String> original) throws IOException {
    var tool = at.resolve("root").resolve(TOOL);
    try (var bench = bench(at, unrecorded())) {
      if (Files.exists(tool)) {
        assertEquals(0, bench.hands.held().size(), "in its place and held");
      } else {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
      assertEquals(0, bench.hands.held().size());
    }
    assertEquals(original, Photograph.of(tool));
    nothing_beside(at.resolve("root/home/alice"), 1);
    nothing_beside(at.resolve("quarantine/held"), 0);
    nothing_beside(at.resolve("quarantine/work"), 0);
  }

  /// Gone for good, or else held as before.
  private void gone_or_held(Path at, Map<String, String> original) throws IOException {
    try (var bench = bench(at, unrecorded())) {
      if (!bench.hands.held().isEmpty()) {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
        assertEquals(original, Photograph.of(at.resolve("root").resolve(TOOL)));
      }
    }
    nothing_beside(at.resolve("quarantine/held"), 0);
  }

  /// Held as before, or in its place without the rights that it had.
  private void held_or_without_rights(Path at, Map<String, String> original) throws IOException {
    var tool = at.resolve("root").resolve(TOOL);
    try (var bench = bench(at, unrecorded())) {
      if (!Files.exists(tool)) {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
    }
    for (var name : new String[] {"run", "linked"}) {
      var mode = Files.getAttribute(tool.resolve("bin").resolve(name), "unix:mode");
      assertEquals(0100755, mode, name);
    }
  }

  /// The list is the old one and nothing is held, or the new one and the old one is held and can be
  /// put back.
  private void whole_list(Path at, Map<String, String> original) throws IOException {
    var list = at.resolve("root").resolve(LIST);
    try (var bench = bench(at, unrecorded())) {
      if (!bench.hands.held().isEmpty()) {
        assertEquals(NEW, Files.readString(list));
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
      assertEquals(0, bench.hands.held().size());
    }
    assertEquals(OLD, Files.readString(list));
    nothing_beside(list.resolveSibling("."), 1);
  }

  private static void amend(Bench bench) throws IOException {
    var amendment =
        new Amendment(
            BytePath.parse("/" + LIST),
            bench.sandbox.id("/" + LIST),
            Lists.digest(OLD.getBytes(StandardCharsets.UTF_8)),
            List.of(new Amendment.Cut(9, 16, 8, 17)));
    assertEquals(new Outcome.Done(), bench.hands.amend(bench.plan(), amendment));
  }

  /// In it lies what is not its user's, which is seen only once it was moved.
  private static void spoil(Path tool) throws IOException {
    var file = tool.resolve("package.json");
    if (Kernel.effectiveUid() == 0) {
      Files.setAttribute(file, "unix:uid", 54321);
    } else {
      Files.setAttribute(file, "unix:mode", 0);
    }
  }

  private static void nothing_beside(Path directory, int own) throws IOException {
    try (var all = Files.list(directory)) {
      var names = all.map(file -> file.getFileName().toString()).toList();
      assertEquals(own, names.size(), names::toString);
    }
  }

  private Acts unrecorded() {
    return across ? new AcrossActs(Steps.NONE) : new Acts(Steps.NONE);
  }

  /// The power goes during `work`, and during the recovery from each crash of it.
  private void at_every_moment(@Nullable Work before, Work work, String what) throws IOException {
    for (var crash = 0; ; crash += across ? STRIDE : 1) {
      fresh();
      if (spoilt) {
        spoil(machine().resolve("root").resolve(TOOL));
      }
      var original = Photograph.of(machine().resolve("root").resolve(TOOL));
      if (before != null) {
        try (var bench = bench(machine(), unrecorded())) {
          before.with(bench);
        }
      }
      var disk = new Disk(machine());
      var stopped = stopped(disk, crash, work);
      if (!stopped) {
        cut(disk, 0, original);
        break;
      }
      var reached = disk.moments();
      bench(machine(), acts(disk, Steps.NONE)).close();
      cut(disk, reached, original);
    }
    assertTrue(cuts > 50, "too few cuts");
    System.out.println("power cut while " + what + ": " + cuts + " disks");
  }

  private boolean stopped(Disk disk, int crash, Work work) throws IOException {
    var left = new int[] {crash};
    Steps stop =
        _ -> {
          if (--left[0] < 0) {
            throw new Stop();
          }
        };
    try (var bench = bench(machine(), acts(disk, stop))) {
      work.with(bench);
      return false;
    } catch (Stop _) {
      return true;
    }
  }

  private static final class Stop extends Error {
    private static final long serialVersionUID = 1;
  }

  private static void take(Bench bench) throws IOException {
    assertEquals(new Outcome.Done(), bench.take("/" + TOOL));
  }

  private static void giveBack(Bench bench) {
    assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
  }

  @Test
  void taking_survives_a_power_cut() throws IOException {
    at_every_moment(null, PowerCutTest::take, "taking");
  }

  @Test
  void putting_back_what_was_moved_by_mistake_survives_a_power_cut() throws IOException {
    spoilt = true;
    at_every_moment(null, bench -> assertFalse(bench.take("/" + TOOL).achieved()), "putting back");
  }

  @Test
  void purging_survives_a_power_cut() throws IOException {
    check = this::gone_or_held;
    at_every_moment(
        PowerCutTest::take,
        bench -> assertEquals(1, bench.hands.purge(Bench.NOW.plus(Bench.RETENTION))),
        "purging");
  }

  @Test
  void giving_back_survives_a_power_cut() throws IOException {
    at_every_moment(PowerCutTest::take, PowerCutTest::giveBack, "giving back");
  }

  @Test
  void rights_do_not_come_back_by_a_power_cut() throws IOException {
    privileged = true;
    check = this::held_or_without_rights;
    at_every_moment(PowerCutTest::take, PowerCutTest::giveBack, "taking rights away");
  }

  @Test
  void amending_a_list_survives_a_power_cut() throws IOException {
    listed = true;
    check = this::whole_list;
    at_every_moment(null, PowerCutTest::amend, "amending");
  }

  @Test
  void putting_a_list_back_survives_a_power_cut() throws IOException {
    listed = true;
    check = this::whole_list;
    at_every_moment(PowerCutTest::amend, PowerCutTest::giveBack, "putting a list back");
  }

  @Test
  void taking_across_file_systems_survives_a_power_cut() throws IOException {
    across = true;
    at_every_moment(null, PowerCutTest::take, "taking across");
  }

  @Test
  void giving_back_across_file_systems_survives_a_power_cut() throws IOException {
    across = true;
    at_every_moment(PowerCutTest::take, PowerCutTest::giveBack, "giving back across");
  }
}
