package dev.interdict.agent.platform.linux.watch;

import static dev.interdict.agent.platform.linux.watch.Guarded.PACKAGE;
import static dev.interdict.agent.platform.linux.watch.Guarded.does;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of those who wait at the gate when whoever should answer them does not.
@EnabledOnOs(OS.LINUX)
class AnswersTest {
  private static final Runnable NOBODY = () -> {};

  @TempDir Path folder;
  private Guarded guarded;

  @BeforeEach
  void machine() throws Exception {
    Guarded.assumePermissionEvents();
    guarded = new Guarded(folder);
  }

  @AfterEach
  void end() {
    if (guarded != null) {
      guarded.close();
    }
  }

  private String program() {
    return guarded.at(PACKAGE + "/bin/native").toString();
  }

  private LinuxGate gate(Runnable thinking) throws Exception {
    var gate = new LinuxGate(guarded.sandbox.root(), guarded.processes, NOBODY, thinking);
    gate.bar(List.of(guarded.plan()));
    return gate;
  }

  /// It answers at last, and denies: whoever was let through did not wait for it.
  @Test
  void a_late_answer_holds_nobody_up_for_long() throws Exception {
    var late = new CountDownLatch(1);
    Runnable thinking =
        () -> {
          try {
            late.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (var gate = gate(thinking)) {
      assertTrue(does(program()));
      assertEquals(1, gate.releases());
    } finally {
      late.countDown();
    }
  }

  @Test
  void a_failure_while_answering_lets_everybody_through() throws Exception {
    Runnable thinking =
        () -> {
          throw new IllegalStateException("a bug");
        };
    try (var gate = gate(thinking)) {
      for (var i = 0; i < 2; i++) {
        var waiting = Guarded.start(program());
        assertTrue(waiting.waitFor(20, TimeUnit.SECONDS), "it still waits");
        assertEquals(0, waiting.exitValue());
      }
      assertEquals(1, gate.releases());
    }
  }
}
