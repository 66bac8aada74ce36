package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DeepTreeIT {
  private static final int LEVELS = 12_000;

  @Test
  void a_tree_of_12000_levels_is_taken_given_back_and_purged(@TempDir Path temporary)
      throws Exception {
    var sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    var home = sandbox.user("alice");
    var tool = sandbox.write("/home/alice/tool/x", "").getParent();
    byte[] name = {'d'};
    var here = Kernel.openRoot(String.valueOf(tool).getBytes(StandardCharsets.UTF_8));
    for (var i = 0; i < LEVELS; i++) {
      try (var above = here) {
        Kernel.mkdir(above, name, 0700);
        here = Kernel.openat(above, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
      }
    }
    here.close();
    assertThrows(Exception.class, () -> CrashTest.delete(sandbox.at("/home/alice/tool")));

    try (var bench = Bench.open(sandbox, home, temporary.resolve("quarantine"))) {
      assertEquals(new Outcome.Done(), bench.take("/home/alice/tool"));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      assertEquals(new Outcome.Done(), bench.take("/home/alice/tool"));
      assertEquals(1, bench.hands.purge(Bench.NOW.plus(Bench.RETENTION)));
    }
  }
}
