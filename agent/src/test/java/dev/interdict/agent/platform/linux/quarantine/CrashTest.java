package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Stops at every act of a removal and of its way back, and again at every act of the recovery that
/// follows. Nothing in the product catches the error that stops it, so what is on disk is what a
/// kill at that moment leaves; [KillIT] shows the same with real kills.
@EnabledOnOs(OS.LINUX)
class CrashTest {
  /// Stops before the n-th act.
  private static final class Crash implements Steps {
    private int left;

    Crash(int acts) {
      left = acts;
    }

    @Override
    public void before(String act) {
      if (--left < 0) {
        throw new Crashed();
      }
    }
  }

  private static final class Crashed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static final Path MEMORY = Path.of("/dev/shm");

  private @TempDir Path temporary;
  private Sandbox sandbox;
  private Home home;
  private Path state;
  private Path elsewhere;
  private int points;

  @BeforeEach
  void machine() throws IOException {
    assumeTrue(
        Files.isWritable(MEMORY) && device(MEMORY) != device(temporary),
        "needs /dev/shm as a second file system");
    elsewhere = Files.createTempDirectory(MEMORY, "interdict");
    sandbox = Sandbox.in(Files.createDirectory(elsewhere.resolve("root")));
    home = sandbox.user("alice");
    state = elsewhere.resolve("quarantine");
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/tool/bin/run", "#!/bin/sh\n").toFile().setExecutable(true);
    sandbox.link("/home/alice/tool/link", "package.json");
  }

  @AfterEach
  void clear() throws IOException {
    if (elsewhere != null) {
      delete(elsewhere);
    }
  }

  /// The homes on one file system, the quarantine on another one.
  private void across() {
    state = temporary.resolve("quarantine");
  }

  private static long device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev") instanceof Long device ? device : -1;
  }

  static void delete(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private interface Work {
    void with(Bench bench) throws Exception;
  }

  /// @return whether it was stopped
  private boolean stopped(Steps steps, Work work) throws Exception {
    points++;
    try (var bench = Bench.open(sandbox, home, state, steps)) {
      work.with(bench);
      return false;
    } catch (Crashed _) {
      return true;
    }
  }

  /// In exactly one place, whole; nothing of ours left beside it.
  private void intact(Map<String, String> original) throws IOException {
    var tool = sandbox.at("/home/alice/tool");
    try (var bench = Bench.open(sandbox, home, state)) {
      if (Files.exists(tool)) {
        assertEquals(0, bench.hands.held().size());
      } else {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
    }
    assertEquals(original, Photograph.of(tool));
    try (var beside = Files.list(sandbox.at("/home/alice"))) {
      assertEquals(1, beside.count());
    }
    for (var place : new String[] {"held", "work"}) {
      try (var left = Files.list(state.resolve(place))) {
        assertEquals(0, left.count());
      }
    }
  }

  /// Every act of `work`, and for each every act of the recovery after it.
  private void every_act(Work before, Work work) throws Exception {
    var original = Photograph.of(sandbox.at("/home/alice/tool"));
    for (var first = 0; ; first++) {
      stopped(Steps.NONE, before);
      if (!stopped(new Crash(first), work)) {
        intact(original);
        assertTrue(first > 5, "too few acts were seen");
        return;
      }
      for (var second = 0; stopped(new Crash(second), _ -> {}); second++) {}
      intact(original);
    }
  }

  private static void take(Bench bench) throws IOException {
    bench.take("/home/alice/tool");
  }

  private static void giveBack(Bench bench) {
    bench.hands.giveBack(bench.only());
  }

  @Test
  void taking_can_be_stopped_anywhere() throws Exception {
    every_act(_ -> {}, CrashTest::take);
    report("taking");
  }

  @Test
  void giving_back_can_be_stopped_anywhere() throws Exception {
    every_act(CrashTest::take, CrashTest::giveBack);
    report("giving back");
  }

  @Test
  void taking_across_file_systems_can_be_stopped_anywhere() throws Exception {
    across();
    every_act(_ -> {}, CrashTest::take);
    report("taking across");
  }

  @Test
  void giving_back_across_file_systems_can_be_stopped_anywhere() throws Exception {
    across();
    every_act(CrashTest::take, CrashTest::giveBack);
    report("giving back across");
  }

  private static final String LIST = "/home/alice/ext/extensions.json";

  /// The list of an editor, out of which the middle entry is cut.
  private static void amend(Bench bench) throws IOException {
    var content = Files.readString(bench.sandbox.at(LIST));
    var from = content.indexOf("{\"b\"");
    var to = content.indexOf("}", from) + 1;
    var amendment =
        new Amendment(
            BytePath.parse(LIST),
            bench.sandbox.id(LIST),
            Lists.digest(content.getBytes(StandardCharsets.UTF_8)),
            List.of(new Amendment.Cut(from, to, from - 1, to + 1)));
    bench.hands.amend(Bench.plan(bench.sandbox, bench.home), amendment);
  }

  private static final String OLD = "[{\"a\":1},{\"b\":2},{\"c\":3}]";
  private static final String NEW = "[{\"a\":1},{\"c\":3}]";

  /// The list is the old one and nothing is held, or the new one and the old is held; never is it
  /// missing or half of one, and giving back leads to the old one.
  private void whole_list() throws IOException {
    try (var bench = Bench.open(sandbox, home, state)) {
      var now = Files.readString(sandbox.at(LIST));
      if (bench.hands.held().isEmpty()) {
        assertEquals(OLD, now);
      } else {
        assertEquals(NEW, now);
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
    }
    assertEquals(OLD, Files.readString(sandbox.at(LIST)));
    try (var beside = Files.list(sandbox.at("/home/alice/ext"))) {
      assertEquals(1, beside.count());
    }
    for (var place : new String[] {"held", "work"}) {
      try (var left = Files.list(state.resolve(place))) {
        assertEquals(0, left.count());
      }
    }
  }

  private void every_act_on_a_list(Work before, Work work) throws Exception {
    sandbox.write(LIST, OLD);
    for (var first = 0; ; first++) {
      stopped(Steps.NONE, before);
      if (!stopped(new Crash(first), work)) {
        whole_list();
        assertTrue(first > 10, "too few acts were seen");
        return;
      }
      assertTrue(List.of(OLD, NEW).contains(Files.readString(sandbox.at(LIST))));
      for (var second = 0; stopped(new Crash(second), _ -> {}); second++) {
        assertTrue(List.of(OLD, NEW).contains(Files.readString(sandbox.at(LIST))));
      }
      whole_list();
    }
  }

  @Test
  void amending_a_list_can_be_stopped_anywhere() throws Exception {
    every_act_on_a_list(_ -> {}, CrashTest::amend);
    every_act_on_a_list(CrashTest::amend, CrashTest::giveBack);
    report("amending");
  }

  @Test
  void amending_a_list_across_file_systems_can_be_stopped_anywhere() throws Exception {
    across();
    every_act_on_a_list(_ -> {}, CrashTest::amend);
    every_act_on_a_list(CrashTest::amend, CrashTest::giveBack);
    report("amending across");
  }

  /// The user cleans up by himself while the agent is down.
  private void directory_gone(Work before, Work work) throws Exception {
    for (var acts = 0; ; acts++) {
      sandbox.write("/home/alice/dir/tool/file", "x");
      stopped(Steps.NONE, before);
      var stopped = stopped(new Crash(acts), work);
      delete(sandbox.at("/home/alice/dir"));
      try (var bench = Bench.open(sandbox, home, state)) {
        for (var held : bench.hands.held()) {
          assertEquals(held.until(), Bench.NOW.plus(Bench.RETENTION));
        }
        var count = bench.hands.held().size();
        assertEquals(count, bench.hands.purge(Bench.NOW.plus(Bench.RETENTION)));
        assertEquals(List.of(), bench.hands.held());
      }
      if (!stopped) {
        return;
      }
    }
  }

  @Test
  void a_crash_is_recovered_from_though_the_directory_is_gone() throws Exception {
    Work take = bench -> bench.take("/home/alice/dir/tool");
    directory_gone(_ -> {}, take);
    directory_gone(take, CrashTest::giveBack);
    across();
    directory_gone(_ -> {}, take);
    directory_gone(take, CrashTest::giveBack);
  }

  /// What the journal is for: without it the same acts, stopped, leave it in two places or in half.
  @Test
  void a_move_across_file_systems_without_a_journal_breaks() throws Exception {
    across();
    var tool = sandbox.at("/home/alice/tool");
    var original = Photograph.of(tool);
    Files.createDirectories(state);
    var broken = 0;
    for (var acts = 0; acts < 25; acts++) {
      try (var from = open(sandbox.at("/home/alice"));
          var to = open(state)) {
        var naive = new Acts(new Crash(acts));
        TreeCopy.copy(from, name("tool"), to, name("copy"), naive);
        TreeRemoval.remove(from, name("tool"), Kernel.effectiveUid(), naive);
      } catch (Crashed _) {
        var copy = state.resolve("copy");
        broken += !Files.exists(copy) || original.equals(Photograph.of(tool)) ? 0 : 1;
        broken += Files.exists(copy) && Files.exists(tool) ? 1 : 0;
        if (Files.exists(copy)) {
          delete(copy);
        }
      }
      if (!Files.exists(tool) || !original.equals(Photograph.of(tool))) {
        break;
      }
    }
    assertTrue(broken > 5, "the harness must see a naive move break, saw " + broken);
  }

  private static Fd open(Path directory) throws IOException {
    return Kernel.openRoot(directory.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void report(String what) {
    System.out.println("stopped while " + what + ": " + points + " points");
  }
}
