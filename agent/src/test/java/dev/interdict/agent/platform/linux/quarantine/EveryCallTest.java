package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// T93 and T95, at the grain of system calls: every call of taking, giving back and purging, the
/// reading ones and the journal's too, is where the process ends ([Error]s that nothing catches),
/// or where the kernel says no, once or from then on. [SystemCallKillIT] shows the same with real
/// kills for those calls that change something.
///
/// `-Dinterdict.calls=1` takes every call for every error; by default every 41st, and the end of
/// the process at every third.
@EnabledOnOs(OS.LINUX)
@Isolated("stands between the whole process and the kernel")
class EveryCallTest {
  private static final int STRIDE = Integer.getInteger("interdict.calls", 41);
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String TOOL = "/home/alice/tool";

  private Path folder;
  private Sandbox sandbox;
  private Home home;
  private boolean across;
  private int made;
  private int points;

  @BeforeEach
  void folder() throws IOException {
    assumeTrue(Files.isWritable(MEMORY), "needs /dev/shm, where forcing costs nothing");
    folder = Files.createTempDirectory(MEMORY, "interdict");
    fresh();
  }

  @AfterEach
  void clear() throws IOException {
    Faults.none();
    if (folder != null) {
      CrashTest.delete(folder);
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private void fresh() throws IOException {
    CrashTest.delete(folder);
    Files.createDirectory(folder);
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("root")));
    home = sandbox.user("alice");
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/tool/bin/run", "#!/bin/sh\n").toFile().setExecutable(true);
    sandbox.write("/home/alice/tool/lib/deep/a", "a");
    sandbox.link("/home/alice/tool/link", "package.json");
  }

  /// Moves between the home and the vault end with EXDEV where the test is of two file systems; the
  /// same calls go on as on two.
  private Acts acts(Steps steps) {
    return across ? new AcrossActs(steps) : new Acts(steps);
  }

  private Bench bench(Steps steps) throws IOException {
    return Bench.open(sandbox, home, folder.resolve("quarantine"), acts(steps));
  }

  private interface Work {
    void with(Bench bench) throws IOException;
  }

  /// Makes the chosen calls fail. Those of the journal are known by their announcement.
  ///
  /// @param errno null for the end of the process
  private boolean run(Work work, IntPredicate chosen, @Nullable Errno errno) throws IOException {
    made = 0;
    Steps journal =
        act -> {
          if (act.startsWith("journal") && fails(chosen, errno)) {
            throw new IOException(String.valueOf(errno));
          }
        };
    Faults.decide(_ -> fails(chosen, errno) && errno != null ? errno : Errno.OTHER);
    try (var bench = bench(journal)) {
      work.with(bench);
      return true;
    } catch (Killed _) {
      return false;
    } catch (IOException e) {
      // The quarantine or the machine cannot be opened: nothing is begun, and the guard says so.
      assertNotNull(errno);
      return true;
    } finally {
      Faults.none();
    }
  }

  private boolean fails(IntPredicate chosen, @Nullable Errno errno) {
    var call = made++;
    if (!chosen.test(call)) {
      return false;
    }
    if (errno == null) {
      throw new Killed();
    }
    // A call that was interrupted is made again, so it is not interrupted for ever.
    return errno != Errno.EINTR || call % 2 == 0;
  }

  private void intact(Map<String, String> original, String when) throws IOException {
    var tool = sandbox.at(TOOL);
    try (var bench = bench(Steps.NONE)) {
      if (Files.exists(tool)) {
        assertEquals(0, bench.hands.held().size(), when);
      } else {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()), when);
      }
    }
    assertEquals(original, Photograph.of(tool), when);
    empty("root/home/alice", 1, when);
    empty("quarantine/held", 0, when);
    empty("quarantine/work", 0, when);
  }

  private void empty(String place, int own, String when) throws IOException {
    try (var all = Files.list(folder.resolve(place))) {
      var names = all.map(file -> file.getFileName().toString()).toList();
      assertEquals(own, names.size(), () -> place + " " + names + " " + when);
    }
  }

  private void at_every_call(
      @Nullable Work before, Work work, @Nullable Errno errno, int stride, boolean lasting)
      throws IOException {
    fresh();
    var original = Photograph.of(sandbox.at(TOOL));
    for (var n = 0; ; n += stride) {
      var from = n;
      if (before != null) {
        run(before, _ -> false, null);
      }
      var whole = run(work, call -> call == from || lasting && call > from, errno);
      points++;
      if (made <= n && whole) {
        return;
      }
      intact(original, errno + (lasting ? " from" : " at") + " call " + n);
      // A journal that grew with each point would take most of the time.
      CrashTest.delete(folder.resolve("quarantine"));
    }
  }

  private void every_way(@Nullable Errno errno, int stride, boolean lasting) throws IOException {
    for (var way : new boolean[] {false, true}) {
      across = way;
      at_every_call(null, EveryCallTest::take, errno, stride, lasting);
      at_every_call(EveryCallTest::take, EveryCallTest::giveBack, errno, stride, lasting);
    }
  }

  private static void take(Bench bench) throws IOException {
    bench.take(TOOL);
  }

  private static void giveBack(Bench bench) {
    bench.hands.held().forEach(held -> bench.hands.giveBack(held.id()));
  }

  @Test
  void the_process_can_end_at_every_call() throws IOException {
    every_way(null, Math.min(STRIDE, 3), false);
    System.out.println("ended at system calls: " + points + " points");
    assertTrue(points > (STRIDE == 1 ? 1_000 : 300), "points: " + points);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOSPC", "EIO", "EROFS", "EMFILE", "EACCES", "EINTR", "EDQUOT", "ENOMEM"})
  void every_call_can_fail(Errno errno) throws IOException {
    every_way(errno, STRIDE, false);
    every_way(errno, STRIDE, true);
    System.out.println(errno + " at system calls: " + points + " points");
  }
}
