package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// T39: a number that another process gets between our look and our act brings it no harm, where
/// `kill` by the number would end it.
@EnabledOnOs(OS.LINUX)
@Isolated("stands between the whole process and the kernel")
class ReusedPidIT {
  private static final int ROUNDS = 20;
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  @Test
  void a_reused_number_never_costs_an_innocent_its_life(@TempDir Path folder) throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "a pid namespace needs root");
    assumeTrue(Files.exists(UNSHARE) && Files.exists(Path.of("/bin/kill")), "needs unshare, kill");
    assumeTrue(
        Files.exists(Path.of("/proc/sys/kernel/ns_last_pid")), "needs the kernel's ns_last_pid");
    var process =
        new ProcessBuilder(
                UNSHARE.toString(),
                "--pid",
                "--fork",
                "--mount-proc",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ReusedPids.class.getName(),
                copy(folder, "banned"),
                copy(folder, "innocent"),
                Integer.toString(ROUNDS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var line = process.inputReader().readLine();
    process.destroyForcibly().waitFor();
    assertNotNull(line, "the rounds were not finished");
    var died = line.split(" ");
    System.out.printf(
        "%d reused numbers at each of two moments: %s and %s innocents died, %s by kill%n",
        ROUNDS, died[0], died[1], died[2]);
    assertEquals("0", died[0]);
    assertEquals("0", died[1]);
    assertTrue(Integer.parseInt(died[2]) > 0, "the harness must see kill end an innocent");
  }

  private static String copy(Path folder, String name) throws Exception {
    var copy = Files.copy(Path.of("/bin/sleep").toRealPath(), folder.toRealPath().resolve(name));
    copy.toFile().setExecutable(true);
    return copy.toString();
  }
}
