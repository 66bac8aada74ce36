package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.enforce.StubText;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.policy.RuleFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class StubsTest {
  private static final String COMMAND = "/home/alice/.local/bin/claude";
  private static final StubText TEXT =
      Objects.requireNonNull(StubText.of(RuleFixtures.rule(RuleFixtures.EVERYTHING)));

  private Sandbox sandbox;
  private Home home;
  private Path state;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
    sandbox.link(COMMAND, "../share/claude/versions/1");
  }

  private RemovalPlan plan(Home owner, String path) throws IOException {
    var plan = Bench.plan(sandbox, owner, path);
    return new RemovalPlan(
        plan.rule(),
        plan.item(),
        plan.identity(),
        owner,
        plan.parts(),
        List.of(),
        List.of(),
        List.of(),
        plan.reasons(),
        TEXT);
  }

  private Bench bench(Steps steps) throws IOException {
    return Bench.open(sandbox, home, state, steps);
  }

  /// Takes the command, and then leaves a stub there.
  private Outcome leave(Bench bench) throws IOException {
    var plan = plan(home, COMMAND);
    assertEquals(new Outcome.Done(), bench.take(plan));
    return bench.hands.leaveStub(plan, plan.parts().getFirst());
  }

  private void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why(), outcome::toString);
  }

  private boolean there() {
    return Files.exists(sandbox.at(COMMAND), LinkOption.NOFOLLOW_LINKS);
  }

  /// Nothing of ours beside the command.
  private void alone(int files) throws IOException {
    try (var all = Files.list(sandbox.at(COMMAND).getParent())) {
      assertEquals(files, all.count());
    }
  }

  @Test
  void a_stub_stands_where_the_command_was() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      assertEquals(new Outcome.Done(), leave(bench));
      var stub = bench.hands.stubs().getFirst();
      assertEquals(COMMAND, stub.path().toString());
      assertEquals(sandbox.id(COMMAND), stub.file());
      assertEquals(Bench.NOW.plus(Stubs.LIFE), stub.until());
    }
    var file = sandbox.at(COMMAND);
    assertEquals(new String(TEXT.shell(), StandardCharsets.UTF_8), Files.readString(file));
    assertEquals(
        "rwxr-xr-x",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)));
    alone(1);
  }

  @Test
  void a_stub_in_a_home_is_its_users_own() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root");
    home = sandbox.user("bob", 54_322);
    sandbox.link("/home/bob/bin/claude", "x");
    for (var path : List.of("/home/bob/bin", "/home/bob/bin/claude")) {
      Files.setAttribute(sandbox.at(path), "unix:uid", 54_322, LinkOption.NOFOLLOW_LINKS);
    }
    try (var bench = bench(Steps.NONE)) {
      var plan = plan(home, "/home/bob/bin/claude");
      bench.take(plan);
      assertEquals(new Outcome.Done(), bench.hands.leaveStub(plan, plan.parts().getFirst()));
    }
    assertEquals(54_322, Files.getAttribute(sandbox.at("/home/bob/bin/claude"), "unix:uid"));
    assertEquals(
        0755, (int) Files.getAttribute(sandbox.at("/home/bob/bin/claude"), "unix:mode") & 07777);
  }

  @Test
  void without_a_removal_there_is_no_stub() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      var plan = plan(home, COMMAND);
      refused(Refusal.NOT_HELD, bench.hands.leaveStub(plan, plan.parts().getFirst()));
    }
    assertTrue(Files.isSymbolicLink(sandbox.at(COMMAND)));
  }

  @Test
  void what_is_there_by_then_stays() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      var plan = plan(home, COMMAND);
      bench.take(plan);
      sandbox.write(COMMAND, "somebody's work");
      refused(Refusal.OCCUPIED, bench.hands.leaveStub(plan, plan.parts().getFirst()));
      assertEquals(List.of(), bench.hands.stubs());
    }
    assertEquals("somebody's work", Files.readString(sandbox.at(COMMAND)));
    alone(1);
  }

  /// At the only moment that counts: after our look, before our renaming.
  @ParameterizedTest
  @CsvSource({"file", "link"})
  void what_comes_there_at_the_last_moment_is_not_overwritten(String kind) throws Exception {
    var target = sandbox.write("/etc/important", "the system's");
    Steps late =
        act -> {
          if (act.equals("rename") && !there()) {
            if (kind.equals("file")) {
              sandbox.write(COMMAND, "somebody's work");
            } else {
              sandbox.link(COMMAND, target.toString());
            }
          }
        };
    try (var bench = bench(late)) {
      refused(Refusal.OCCUPIED, leave(bench));
      assertEquals(List.of(), bench.hands.stubs());
    }
    assertEquals("the system's", Files.readString(target));
    assertEquals(
        kind.equals("file") ? "somebody's work" : "the system's",
        Files.readString(sandbox.at(COMMAND)));
    alone(1);
  }

  @Test
  void a_folder_that_became_a_link_gets_none() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      var plan = plan(home, COMMAND);
      bench.take(plan);
      var bin = sandbox.at("/home/alice/.local/bin");
      Files.delete(bin);
      var elsewhere = Files.createDirectories(sandbox.at("/usr/bin"));
      Files.createSymbolicLink(bin, elsewhere);
      refused(Refusal.LINK_IN_PATH, bench.hands.leaveStub(plan, plan.parts().getFirst()));
      try (var all = Files.list(elsewhere)) {
        assertEquals(0, all.count());
      }
    }
  }

  @Test
  void a_folder_that_is_gone_is_not_made_again() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      var plan = plan(home, COMMAND);
      bench.take(plan);
      Files.delete(sandbox.at("/home/alice/.local/bin"));
      refused(Refusal.CHANGED, bench.hands.leaveStub(plan, plan.parts().getFirst()));
    }
    assertFalse(Files.exists(sandbox.at("/home/alice/.local/bin")));
  }

  @ParameterizedTest
  @CsvSource({"create", "write", "chown", "chmod", "fsync", "journal write"})
  void a_full_disk_leaves_no_stub_and_the_removal_as_it_was(String act) throws Exception {
    var full = new boolean[1];
    Steps disk =
        now -> {
          if (full[0] && now.equals(act)) {
            full[0] = false;
            throw new KernelException(act, Errno.ENOSPC);
          }
        };
    try (var bench = bench(disk)) {
      var plan = plan(home, COMMAND);
      assertEquals(new Outcome.Done(), bench.take(plan));
      full[0] = true;
      assertFalse(bench.hands.leaveStub(plan, plan.parts().getFirst()).achieved());
      assertEquals(List.of(), bench.hands.stubs());
    }
    try (var bench = bench(Steps.NONE)) {
      alone(0);
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    assertTrue(Files.isSymbolicLink(sandbox.at(COMMAND)));
  }

  @Test
  void giving_back_takes_the_stub_away_first() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      leave(bench);
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      assertEquals(List.of(), bench.hands.stubs());
    }
    assertTrue(Files.isSymbolicLink(sandbox.at(COMMAND)));
    alone(1);
  }

  @Test
  void a_stub_is_taken_away() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      leave(bench);
      var stub = bench.hands.stubs().getFirst();
      assertEquals(new Outcome.Done(), bench.hands.takeStub(stub));
      assertEquals(new Outcome.AlreadyDone(), bench.hands.takeStub(stub));
      assertEquals(1, bench.hands.held().size(), "the tool stays held");
    }
    alone(0);
  }

  /// A banned tool with every word of the stub in it is no stub.
  @Test
  void what_only_looks_like_a_stub_is_none() throws Exception {
    try (var bench = bench(Steps.NONE)) {
      leave(bench);
      var stub = bench.hands.stubs().getFirst();
      var disguised = Files.readString(sandbox.at(COMMAND)) + "exec banned\n";
      sandbox.write(COMMAND, disguised);
      assertEquals(List.of(), bench.hands.stubs());
      assertEquals(new Outcome.AlreadyDone(), bench.hands.takeStub(stub));
      assertEquals(disguised, Files.readString(sandbox.at(COMMAND)));
      refused(Refusal.OCCUPIED, bench.hands.giveBack(bench.only()));
    }
  }

  @Test
  void what_is_exchanged_for_the_stub_at_the_last_moment_goes_back() throws Exception {
    var armed = new boolean[1];
    Steps late =
        act -> {
          if (act.equals("rename") && armed[0]) {
            armed[0] = false;
            try {
              Files.delete(sandbox.at(COMMAND));
              sandbox.write(COMMAND, "somebody's work");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    try (var bench = bench(late)) {
      leave(bench);
      var stub = bench.hands.stubs().getFirst();
      armed[0] = true;
      bench.hands.takeStub(stub);
      assertEquals("somebody's work", Files.readString(sandbox.at(COMMAND)));
      alone(1);
    }
  }

  /// A folder of theirs, moved to the name under which the stub is made ready.
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void what_its_user_moves_beside_the_command_is_not_lost(boolean crash) throws Exception {
    var moved = new Path[1];
    Steps late =
        act -> {
          if (act.equals("create") && moved[0] == null && !there()) {
            try (var held = Files.list(state.resolve("held"))) {
              var id = held.findFirst().orElseThrow().getFileName();
              moved[0] = sandbox.at(COMMAND).resolveSibling(".interdict-" + id + ".stub");
              Files.createDirectory(moved[0]);
              Files.writeString(moved[0].resolve("thesis"), "somebody's work");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            if (crash) {
              throw new Crashed();
            }
          }
        };
    try (var bench = bench(late)) {
      leave(bench);
    } catch (Crashed _) {
      assertTrue(crash);
    }
    try (var bench = bench(Steps.NONE)) {
      assertEquals(List.of(), bench.hands.stubs());
    }
    assertEquals("somebody's work", Files.readString(moved[0].resolve("thesis")));
  }

  private static final class Crashed extends Error {
    private static final long serialVersionUID = 1;
  }

  private interface Work {
    void with(Bench bench) throws IOException;
  }

  private boolean crashes(int acts, Work work) throws IOException {
    var left = new int[] {acts};
    Steps crash =
        _ -> {
          if (--left[0] < 0) {
            throw new Crashed();
          }
        };
    try (var bench = bench(crash)) {
      work.with(bench);
      return false;
    } catch (Crashed _) {
      return true;
    }
  }

  /// The tool is held or in its place, and beside it lies nothing; in its place is it, the whole
  /// stub, or nothing; and giving back leads to the tool alone.
  private void sound() throws IOException {
    try (var bench = bench(Steps.NONE)) {
      var stubs = bench.hands.stubs().size();
      if (bench.hands.held().isEmpty()) {
        assertEquals(0, stubs);
      } else {
        assertEquals(stubs == 1, there());
        alone(stubs);
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      }
    }
    assertTrue(Files.isSymbolicLink(sandbox.at(COMMAND)));
    alone(1);
  }

  private int every_act(Work before, Work work) throws IOException {
    var points = 0;
    for (var first = 0; ; first++) {
      crashes(Integer.MAX_VALUE, before);
      points++;
      if (!crashes(first, work)) {
        sound();
        return points;
      }
      for (var second = 0; crashes(second, _ -> {}); second++) {
        points++;
      }
      sound();
    }
  }

  @Test
  void it_can_be_stopped_anywhere() throws Exception {
    var points =
        every_act(_ -> {}, this::leave)
            + every_act(this::leave, bench -> bench.hands.giveBack(bench.only()))
            + every_act(this::leave, bench -> bench.hands.takeStub(bench.hands.stubs().getFirst()));
    assertTrue(points > 150, "points: " + points);
    System.out.println("stubs: stopped at " + points + " points");
  }
}
