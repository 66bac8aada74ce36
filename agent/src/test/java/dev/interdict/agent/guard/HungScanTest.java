package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.platform.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Isolated;

/// T9 and T106: a scan worker that hangs, here one that sleeps.
@EnabledOnOs(OS.LINUX)
@Isolated("counts what the whole process holds")
class HungScanTest {
  private static final Path SLEEP = Path.of("/bin/sleep");
  private static final int SCANS = 100;

  private static long descriptors() throws IOException {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  @Test
  void a_hundred_workers_that_hang_are_ended_and_leave_nothing_behind() throws Exception {
    assumeTrue(Files.exists(SLEEP), "needs /bin/sleep");
    var hung = new Command(SLEEP, List.of("600"), Map.of(), Duration.ofMillis(20));
    var scan = new ScanProcess(hung, hung);
    assertThrows(WorkerException.class, () -> scan.scan(false, _ -> true));
    var descriptors = descriptors();
    var threads = Thread.getAllStackTraces().size();
    var children = children();
    for (var i = 0; i < SCANS; i++) {
      var failure = assertThrows(WorkerException.class, () -> scan.scan(false, _ -> true));
      assertTrue(String.valueOf(failure.getMessage()).contains("did not finish"));
    }
    for (var child : children()) {
      if (!children.contains(child)) {
        // Being killed takes a moment, for which nobody waits; what was not killed sleeps longer.
        child.onExit().get(1, TimeUnit.MINUTES);
      }
    }
    assertTrue(descriptors() <= descriptors + 5, "descriptors: " + descriptors());
    assertTrue(Thread.getAllStackTraces().size() <= threads + 5, "threads");
  }

  /// What is known is reported though nobody looks.
  @Test
  void the_guard_goes_on_reporting_while_its_scans_fail(
      @org.junit.jupiter.api.io.TempDir Path folder) throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(dev.interdict.policy.RuleFixtures.CLAUDE_CODE);
      scene.install(1);
      scene.runAt(Scene.START);
      var before = scene.carrier.last().sequence();
      scene.scanner.until = 0;
      scene.runAt(Scene.START.plus(Duration.ofHours(1)));
      assertTrue(scene.carrier.last().sequence() > before);
    }
  }
}
