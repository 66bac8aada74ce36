package dev.interdict.agent.platform.linux.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.watch.Follower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
class FollowerTest {
  private final Semaphore stopped = new Semaphore(0);
  private Guarded guarded;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    guarded = new Guarded(root);
  }

  @AfterEach
  void end() {
    guarded.close();
  }

  private Follower following(String... paths) throws IOException {
    var programs = new HashMap<FileId, Integer>();
    for (var path : paths) {
      programs.put(guarded.sandbox.id(path), 0);
    }
    return new Follower(programs, 1, new Followed(guarded.processes), stopped::release);
  }

  @Test
  void what_starts_is_stopped_and_its_like_lives() throws Exception {
    var banned = guarded.copy("/bin/sleep", "/home/alice/banned").toString();
    var other = guarded.copy("/bin/sleep", "/home/alice/other").toString();
    var script = guarded.program("/home/alice/banned.sh", "sleep 600\n").toString();
    try (var follower = following("/home/alice/banned", "/home/alice/banned.sh")) {
      var lives = new ProcessBuilder(other, "600").start();
      new ProcessBuilder(banned, "600").start().waitFor();
      stopped.acquire();
      new ProcessBuilder("/bin/sh", script).start().waitFor();
      var count = 0;
      while (count < 2) {
        count += follower.stopped(0);
        Thread.sleep(20);
      }
      assertTrue(lives.isAlive());
      lives.destroyForcibly();
      assertEquals(2, count);
      assertEquals(0, stopped.availablePermits(), "told at once, and then only now and then");
    }
  }

  /// It is new in nothing but what it executes.
  @Test
  void an_old_process_that_becomes_the_program_is_stopped() throws Exception {
    var banned = guarded.copy("/bin/sleep", "/home/alice/banned").toString();
    try (var follower = following("/home/alice/banned")) {
      new ProcessBuilder("/bin/sh", "-c", "sleep 3; exec " + banned + " 600").start().waitFor();
      stopped.acquire();
      assertEquals(1, follower.stopped(0));
    }
  }
}
