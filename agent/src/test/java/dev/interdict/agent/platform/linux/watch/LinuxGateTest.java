package dev.interdict.agent.platform.linux.watch;

import static dev.interdict.agent.platform.linux.watch.Guarded.PACKAGE;
import static dev.interdict.agent.platform.linux.watch.Guarded.does;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.platform.linux.Stopping;
import dev.interdict.agent.platform.linux.quarantine.LinuxHands;
import dev.interdict.agent.platform.linux.quarantine.Quarantine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real kernel asks, real processes try.
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class LinuxGateTest {
  private static final String SCRIPT = "#!/bin/sh\nexit 0\n";

  private final AtomicInteger noticed = new AtomicInteger();
  private Path folder;
  private Guarded guarded;
  private LinuxGate gate;

  @BeforeEach
  void barred(@TempDir Path folder) throws IOException {
    Guarded.assumePermissionEvents();
    this.folder = folder;
    guarded = new Guarded(Files.createDirectory(folder.resolve("root")));
    gate = new LinuxGate(guarded.sandbox.root(), guarded.processes, noticed::incrementAndGet);
    gate.bar(List.of(guarded.plan()));
    assertEquals(Gate.State.HOLDING, gate.state());
  }

  @AfterEach
  void end() {
    if (gate != null) {
      gate.close();
      guarded.close();
    }
  }

  private String at(String path) {
    return guarded.at(path).toString();
  }

  private String of(String name) {
    return at(PACKAGE + "/" + name);
  }

  private int prevented() {
    return gate.tried().stream().mapToInt(Gate.Tried::prevented).sum();
  }

  @Test
  void a_program_started_directly_is_denied() throws Exception {
    assertFalse(does(of("bin/native")));
    assertEquals(List.of(new Gate.Tried(Guarded.RULE, "pkg:npm/tool", 1, 0)), gate.tried());
    assertEquals(List.of(), gate.tried());
  }

  @Test
  void a_script_started_by_its_first_line_is_denied() throws Exception {
    assertFalse(does(of("cli.js")));
  }

  @Test
  void a_program_started_by_a_link_is_denied() throws Exception {
    assertFalse(does(at(Guarded.LAUNCHER)));
  }

  @Test
  void a_script_given_to_its_interpreter_is_denied() throws Exception {
    assertFalse(does("sh " + of("run.sh")));
    assertFalse(does("sh " + of("cli.js")));
    assertFalse(does("sh " + of("lib/deep.js")));
    assertEquals(3, prevented());
  }

  @Test
  void a_program_given_to_the_loader_is_denied() throws Exception {
    var loader = Path.of("/lib64/ld-linux-x86-64.so.2");
    assumeTrue(Files.exists(loader), "needs the loader of x86_64");
    assertTrue(does(loader + " " + at(Guarded.OTHER + "/bin/native")));
    assertFalse(does(loader + " " + of("bin/native")));
  }

  @Test
  void a_hard_link_elsewhere_is_denied() throws Exception {
    Files.createLink(guarded.at("/home/alice/elsewhere"), Path.of(of("bin/native")));
    assertFalse(does(at("/home/alice/elsewhere")));
  }

  /// A store keeps one copy of what is equal, for whichever package it is.
  @Test
  void a_small_file_that_another_package_has_too_is_denied_in_this_package_only() throws Exception {
    Files.createLink(guarded.at(Guarded.OTHER + "/same.js"), Path.of(of("cli.js")));
    gate.bar(List.of());
    gate.bar(List.of(guarded.plan()));
    assertTrue(does(at(Guarded.OTHER + "/same.js")));
    assertFalse(does(of("cli.js")));
  }

  @Test
  void what_is_put_in_its_place_is_denied() throws Exception {
    var fresh = guarded.program("/home/alice/fresh", SCRIPT).toString();
    assertTrue(does(fresh));
    assertTrue(does("rm " + of("cli.js")));
    assertTrue(does("mv " + fresh + " " + of("cli.js")));
    assertFalse(does(of("cli.js")));
    assertFalse(does("sh " + of("cli.js")));
    assertEquals(2, prevented());
    assertFalse(does("cp /bin/true " + of("bin/another")));
  }

  @Test
  void what_starts_nothing_can_be_read_and_all_can_be_looked_at_and_deleted() throws Exception {
    assertTrue(does("cat " + of("package.json") + " " + of("README.md")));
    assertTrue(does("ls -lR " + at(PACKAGE)));
    assertTrue(does("stat " + of("cli.js")));
    assertTrue(does("rm -r " + at(PACKAGE)));
    assertEquals(0, prevented());
  }

  /// The kernel cannot tell an interpreter from a backup.
  @Test
  void what_starts_something_cannot_be_read_by_strangers() throws Exception {
    assertFalse(does("cat " + of("cli.js")));
  }

  @Test
  void programs_that_are_not_banned_run_and_ask_nobody() throws Exception {
    assertTrue(does(at(Guarded.OTHER + "/bin/native")));
    assertTrue(does(at(Guarded.OTHER + "/cli.js")));
    assertTrue(does("sh " + at(Guarded.OTHER + "/run.sh")));
    assertEquals(0, prevented());
  }

  @Test
  void our_workers_may_read_and_not_execute() throws Exception {
    assertEquals(0, new ProcessBuilder("/bin/cat", of("cli.js")).start().waitFor());
    assertThrows(IOException.class, () -> new ProcessBuilder(of("bin/native")).start());
  }

  @Test
  void what_is_barred_is_read_and_taken_away_by_this_process() throws Exception {
    assertEquals(SCRIPT, Files.readString(Path.of(of("cli.js"))));
    var state = folder.resolve("quarantine");
    try (var quarantine =
            Quarantine.open(state, Duration.ofDays(1), () -> Instant.EPOCH, new Random(1));
        var machine = guarded.sandbox.machine()) {
      var hands = new LinuxHands(quarantine, machine, new Stopping(guarded.processes));
      var plan = guarded.plan();
      assertInstanceOf(Outcome.Done.class, hands.take(plan, plan.parts().getFirst()));
    }
    assertEquals(0, prevented());
  }

  @Test
  void once_lifted_it_runs_again_and_no_thread_is_left() throws Exception {
    assertFalse(does(of("bin/native")));
    gate.bar(List.of());
    assertTrue(does(of("bin/native")));
    assertTrue(does("sh " + of("run.sh")));
    assertEquals(Gate.State.OPEN, gate.state());
    assertEquals(1, prevented());
    while (!Guarded.threads().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void another_set_frees_what_is_not_in_it_and_keeps_the_rest() throws Exception {
    guarded.program("/home/alice/single", SCRIPT);
    var single = guarded.plan("/home/alice/single");
    gate.bar(List.of(single, guarded.plan()));
    assertFalse(does(at("/home/alice/single")));
    assertFalse(does(of("bin/native")));
    gate.bar(List.of(single));
    assertFalse(does(at("/home/alice/single")));
    assertTrue(does(of("bin/native")));
  }

  @Test
  void a_file_that_is_not_the_one_that_was_matched_is_not_barred() throws Exception {
    guarded.program("/home/alice/single", SCRIPT);
    var plan = guarded.plan("/home/alice/single");
    Files.move(
        guarded.program("/home/alice/mine", SCRIPT),
        guarded.at("/home/alice/single"),
        StandardCopyOption.REPLACE_EXISTING);
    gate.bar(List.of(plan));
    assertTrue(does(at("/home/alice/single")));
  }

  @Test
  void a_file_of_somebody_else_is_not_barred() throws Exception {
    guarded.program("/home/alice/theirs", SCRIPT);
    Files.setAttribute(guarded.at("/home/alice/theirs"), "unix:uid", 50_001);
    gate.bar(List.of(guarded.plan("/home/alice/theirs")));
    assertTrue(does(at("/home/alice/theirs")));
  }

  @Test
  void what_the_protected_list_names_is_not_barred() throws Exception {
    guarded.program("/home/alice/.ssh/tool", SCRIPT);
    gate.bar(List.of(guarded.plan("/home/alice/.ssh/tool")));
    assertTrue(does(at("/home/alice/.ssh/tool")));
  }

  @Test
  void however_often_it_is_tried_the_guard_is_woken_once() throws Exception {
    assertTrue(does("for i in 1 2 3 4 5 6 7 8 9 10; do " + of("bin/native") + "; done; true"));
    assertEquals(10, prevented());
    assertEquals(1, noticed.get());
  }

  @Test
  void a_late_answer_lets_everybody_through_and_raises_the_alarm() throws Exception {
    gate.close();
    var never = new CountDownLatch(1);
    var alarmed = new Semaphore(0);
    Runnable stalling =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var root = guarded.sandbox.root();
    try (var stalled = new LinuxGate(root, guarded.processes, alarmed::release, stalling)) {
      stalled.bar(List.of(guarded.plan()));
      assertTrue(does(of("bin/native")));
      alarmed.acquire();
      assertTrue(does(of("bin/native")));
      assertEquals(1, stalled.releases());
      assertEquals(0, stalled.releases());
      // Until it is trusted again, what starts is only followed.
      stalled.bar(List.of(guarded.plan()));
      assertEquals(Gate.State.FOLLOWING, stalled.state());
      never.countDown();
    }
  }

  @Test
  void a_guard_that_is_killed_lets_go_of_those_who_wait() throws Exception {
    gate.close();
    var holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                GateHolder.class.getName(),
                Files.createDirectory(folder.resolve("other")).toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var program = folder.resolve("other" + PACKAGE + "/bin/native").toString();
    try (var said =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("HOLDING", said.readLine());
      assertFalse(does(program));
      // Stopped as a whole it answers nobody.
      assertTrue(does("kill -STOP " + holder.pid()));
      var waiting = Guarded.start(program);
      while (waiting.children().noneMatch(LinuxGateTest::waitsForAnAnswer)) {
        assertTrue(waiting.isAlive());
      }
      holder.destroyForcibly();
      assertEquals(0, waiting.waitFor());
    } finally {
      holder.destroyForcibly();
    }
  }

  private static boolean waitsForAnAnswer(ProcessHandle process) {
    try {
      var status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
      return status.contains("State:\tD");
    } catch (IOException e) {
      return false;
    }
  }
}
