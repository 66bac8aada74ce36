package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of another one is taken, removed or trusted.
@EnabledOnOs(OS.LINUX)
class StrangersTest {
  private static final int STRANGER = 54321;

  private Sandbox sandbox;
  private Home home;
  private Path state;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
  }

  private Bench bench() throws IOException {
    return Bench.open(sandbox, home, state);
  }

  private static void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why(), outcome::toString);
  }

  private static void give(Path file) throws IOException {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a file to another user needs root");
    Files.setAttribute(file, "unix:uid", STRANGER);
  }

  private void stays(String path) throws IOException {
    var before = Photograph.of(sandbox.at(path));
    try (var bench = bench()) {
      refused(Refusal.FOREIGN_OWNER, bench.take(path));
      assertEquals(0, bench.hands.held().size());
    }
    assertEquals(before, Photograph.of(sandbox.at(path)));
  }

  @Test
  void a_file_of_somebody_else_stays() throws Exception {
    give(sandbox.write("/home/alice/tool", "x"));
    stays("/home/alice/tool");
  }

  @Test
  void nothing_is_taken_from_a_folder_of_somebody_else() throws Exception {
    sandbox.write("/home/alice/theirs/tool", "x");
    give(sandbox.at("/home/alice/theirs"));
    stays("/home/alice/theirs/tool");
  }

  @Test
  void nothing_is_taken_from_a_folder_that_everybody_may_write() throws Exception {
    sandbox.write("/home/alice/open/tool", "x");
    var folder = sandbox.at("/home/alice/open");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    stays("/home/alice/open/tool");
  }

  @Test
  void a_plan_for_one_home_reaches_into_no_other() throws Exception {
    sandbox.user("bob");
    sandbox.write("/home/bob/tool", "x");
    try (var bench = bench()) {
      refused(Refusal.NO_SUCH_HOME, bench.take("/home/bob/tool"));
    }
    assertTrue(Files.exists(sandbox.at("/home/bob/tool")));
  }

  @Test
  void an_empty_folder_of_somebody_else_stays() throws Exception {
    var folder = Files.createDirectory(sandbox.at("/home/alice/@scope"));
    give(folder);
    try (var bench = bench()) {
      refused(
          Refusal.FOREIGN_OWNER,
          bench.hands.removeEmpty(bench.plan(), BytePath.parse("/home/alice/@scope")));
    }
    assertTrue(Files.exists(folder));
  }

  @Test
  void a_removal_ends_at_what_is_somebody_else_s() throws Exception {
    var theirs = sandbox.write("/home/alice/tool/theirs", "x");
    give(theirs);
    try (var directory =
        Kernel.openRoot(sandbox.at("/home/alice").toString().getBytes(StandardCharsets.UTF_8))) {
      var name = "tool".getBytes(StandardCharsets.UTF_8);
      var acts = new Acts(Steps.NONE);
      assertThrows(
          RefusedException.class, () -> TreeRemoval.remove(directory, name, home.uid(), acts));
    }
    assertTrue(Files.exists(theirs));
  }

  @Test
  void a_quarantine_of_somebody_else_is_not_used() throws Exception {
    bench().close();
    give(state);
    assertThrows(IOException.class, () -> bench().close());
  }

  @Test
  void a_quarantine_below_a_folder_of_somebody_else_is_not_used() throws Exception {
    give(state.resolveSibling("."));
    assertThrows(IOException.class, () -> bench().close());
    assertFalse(Files.exists(state));
  }

  /// Whatever a list says lies there: its number is that of a program without which nothing starts.
  @Test
  void a_program_that_the_machine_needs_is_spared_whatever_it_is_called() throws Exception {
    sandbox.write("/home/alice/tool", "x");
    var shell = Path.of("/bin/sh").toRealPath().toString();
    var part =
        new Part(
            Part.Role.MAIN,
            BytePath.parse("/home/alice/tool"),
            Sandbox.at(Path.of("/")).id(shell),
            FileKind.REGULAR);
    try (var bench = bench()) {
      refused(Refusal.PROTECTED, bench.hands.take(bench.plan(), part));
    }
  }

  /// Numbers of files are used again: what has it now may be of another kind.
  @Test
  void a_number_that_another_kind_of_thing_got_is_another_thing() throws Exception {
    sandbox.write("/home/alice/tool", "somebody's work");
    var part =
        new Part(
            Part.Role.MAIN,
            BytePath.parse("/home/alice/tool"),
            sandbox.id("/home/alice/tool"),
            FileKind.DIRECTORY);
    try (var bench = bench()) {
      refused(Refusal.CHANGED, bench.hands.take(bench.plan(), part));
    }
    assertEquals("somebody's work", Files.readString(sandbox.at("/home/alice/tool")));
  }
}
