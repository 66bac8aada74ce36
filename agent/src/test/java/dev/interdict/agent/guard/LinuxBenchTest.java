package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.platform.linux.LinuxProcesses;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxBenchTest {
  @TempDir Path folder;

  @Test
  void one_piece_of_work_is_done_at_a_time() throws Exception {
    var root = Files.createDirectory(folder.resolve("root"));
    var state = folder.toRealPath().resolve("quarantine");
    var most = new AtomicInteger();
    try (var processes = new LinuxProcesses();
        var quarantine =
            Quarantine.open(state, Duration.ofDays(1), () -> Instant.EPOCH, new Random(1));
        var askers = Executors.newFixedThreadPool(4)) {
      var bench = new LinuxBench(root, quarantine, processes);
      var inside = new AtomicInteger();
      var asks = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 40; i++) {
        asks.add(() -> work(bench, inside, most));
      }
      for (var done : askers.invokeAll(asks)) {
        done.get();
      }
    }
    assertEquals(1, most.get());
  }

  private static int work(LinuxBench bench, AtomicInteger inside, AtomicInteger most)
      throws IOException {
    return bench.at(hands -> {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Thread.yield();
      var held = hands.held().size();
      inside.decrementAndGet();
      return held;
    });
  }
}
