package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// T93 with real kills: strace(1) kills the process with SIGKILL at the N-th call of one kind while
/// it takes and gives back. `-Dinterdict.strace.every=1` kills at every such call; by default at
/// one of each kind.
@EnabledOnOs(OS.LINUX)
@Order(2)
class SystemCallKillIT {
  private static final int EVERY = Integer.getInteger("interdict.strace.every", 0);
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final Path MEMORY = Path.of("/dev/shm");

  /// Calls that the Java machine makes by itself as well are left to [EveryCallTest].
  private static final List<String> CALLS =
      List.of(
          "openat2",
          "renameat2",
          "fsync",
          "unlinkat",
          "mkdirat",
          "symlinkat",
          "fchmod",
          "fchownat",
          "utimensat",
          "ftruncate");

  private @TempDir Path temporary;
  private Sandbox sandbox;
  private Home home;

  /// The process that is killed: takes, gives back, and says that it came to the end.
  static final class Once {
    private Once() {}

    /// @param args the sandbox's root, the quarantine
    public static void main(String[] args) throws IOException {
      var sandbox = Sandbox.at(Path.of(args[0]));
      try (var bench = Bench.open(sandbox, user(), Path.of(args[1]))) {
        bench.take("/home/alice/tool");
        bench.hands.held().forEach(held -> bench.hands.giveBack(held.id()));
      }
      System.out.println("whole");
    }
  }

  private static Home user() {
    return new Home("alice", Kernel.effectiveUid(), BytePath.parse("/home/alice"));
  }

  @BeforeEach
  void machine() throws IOException {
    assumeTrue(Files.isExecutable(STRACE), "needs strace");
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
  }

  private void killed(Path state) throws Exception {
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/tool/bin/run", "#!/bin/sh\n").toFile().setExecutable(true);
    sandbox.link("/home/alice/tool/link", "package.json");
    var original = Photograph.of(sandbox.at("/home/alice/tool"));
    var kills = 0;
    for (var call : CALLS) {
      for (var n = EVERY == 0 ? 4 : 1; ; n += EVERY) {
        var whole = whole(call, n, state);
        kills += whole ? 0 : 1;
        intact(original, state, call + " " + n);
        if (whole || EVERY == 0) {
          break;
        }
      }
    }
    assertTrue(kills > 0, "nothing was killed");
    System.out.println("killed at system calls by strace: " + kills + " times, nothing lost");
  }

  private boolean whole(String call, int n, Path state) throws Exception {
    var command = new ArrayList<>(List.of(STRACE.toString(), "-f", "-qq", "-o", "/dev/null"));
    command.addAll(
        List.of("-e", "trace=" + call, "-e", "inject=" + call + ":signal=KILL:when=" + n));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Once.class.getName(),
            sandbox.root().toString(),
            state.toString()));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var out = process.inputReader()) {
      var whole = out.lines().anyMatch("whole"::equals);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return whole;
    } finally {
      process.destroyForcibly();
    }
  }

  private void intact(java.util.Map<String, String> original, Path state, String when)
      throws IOException {
    var tool = sandbox.at("/home/alice/tool");
    try (var bench = Bench.open(sandbox, home, state)) {
      if (Files.exists(tool)) {
        assertEquals(List.of(), bench.hands.held(), when);
      } else {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()), when);
      }
    }
    assertEquals(original, Photograph.of(tool), when);
    try (var beside = Files.list(sandbox.at("/home/alice"))) {
      assertEquals(1, beside.count(), when);
    }
  }

  @Test
  void a_kill_at_a_system_call_loses_nothing() throws Exception {
    killed(temporary.resolve("quarantine"));
  }

  @Test
  void a_kill_at_a_system_call_across_file_systems_loses_nothing() throws Exception {
    assumeTrue(Files.isWritable(MEMORY), "needs /dev/shm as a second file system");
    var state = Files.createTempDirectory(MEMORY, "interdict");
    try {
      killed(state.resolve("quarantine"));
    } finally {
      CrashTest.delete(state);
    }
  }
}
