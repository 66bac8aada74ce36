package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that takes and gives back in a loop, with SIGKILL, at random moments. After each
/// kill the tool is in exactly one place and whole. `-Dinterdict.kills=200` for the long run.
@EnabledOnOs(OS.LINUX)
class KillIT {
  private static final int KILLS = Integer.getInteger("interdict.kills", 12);

  private @TempDir Path temporary;

  /// The process that is killed.
  static final class Loop {
    private Loop() {}

    /// @param args the sandbox's root, the quarantine
    public static void main(String[] args) throws IOException {
      var sandbox = Sandbox.at(Path.of(args[0]));
      var home = home();
      try (var bench = Bench.open(sandbox, home, Path.of(args[1]))) {
        System.out.println("ready");
        while (true) {
          for (var held : bench.hands.held()) {
            bench.hands.giveBack(held.id());
          }
          bench.take("/home/alice/tool");
        }
      }
    }
  }

  private static Home home() {
    return new Home("alice", Kernel.effectiveUid(), BytePath.parse("/home/alice"));
  }

  private void killed(Path state) throws Exception {
    var sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    var home = sandbox.user("alice");
    for (var i = 0; i < 20; i++) {
      sandbox.write("/home/alice/tool/lib/" + i, "x".repeat(10_000));
    }
    sandbox.link("/home/alice/tool/link", "lib/1");
    var tool = sandbox.at("/home/alice/tool");
    var original = Photograph.of(tool);
    var random = new Random(1);
    var held = 0;
    for (var kill = 0; kill < KILLS; kill++) {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Loop.class.getName(),
                  sandbox.root().toString(),
                  state.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        awaitReady(process);
        process.waitFor(random.nextLong(200), java.util.concurrent.TimeUnit.MILLISECONDS);
      } finally {
        process.destroyForcibly().waitFor();
      }
      try (var bench = Bench.open(sandbox, home, state)) {
        if (!Files.exists(tool)) {
          held++;
          assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
        }
        assertEquals(List.of(), bench.hands.held());
      }
      assertEquals(original, Photograph.of(tool), "kill " + kill);
    }
    System.out.printf("killed %d times, %d times while it was held: nothing lost%n", KILLS, held);
  }

  private static void awaitReady(Process process) throws IOException {
    var reader = process.inputReader();
    for (var line = reader.readLine(); !"ready".equals(line); line = reader.readLine()) {
      assertTrue(line != null, "the loop did not start");
    }
  }

  @Test
  void a_kill_on_one_file_system_loses_nothing() throws Exception {
    killed(temporary.resolve("quarantine"));
  }

  @Test
  void a_kill_while_copying_to_another_file_system_loses_nothing() throws Exception {
    var memory = Path.of("/dev/shm");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(memory), "needs /dev/shm as a second file system");
    var state = Files.createTempDirectory(memory, "interdict");
    try {
      killed(state.resolve("quarantine"));
    } finally {
      CrashTest.delete(state);
    }
  }
}
