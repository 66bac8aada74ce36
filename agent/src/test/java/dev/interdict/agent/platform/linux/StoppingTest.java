package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Pidfd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real processes, started here from copies of small programs.
@EnabledOnOs(OS.LINUX)
class StoppingTest {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final List<Process> started = new ArrayList<>();
  private Sandbox sandbox;
  private LinuxProcesses processes;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    assumeTrue(Files.exists(Path.of("/bin/sleep")), "needs /bin/sleep");
    sandbox = Sandbox.in(root);
    processes = new LinuxProcesses();
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
    processes.close();
  }

  private String copy(String program, String path) throws IOException {
    var copy = sandbox.write(path, "");
    Files.copy(
        Path.of(program).toRealPath(), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    copy.toFile().setExecutable(true);
    return copy.toString();
  }

  private Process start(String... command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    started.add(process);
    return process;
  }

  private Outcome stop(FileId... files) throws IOException {
    return new Stopping(processes).stop(Set.of(files), GRACE);
  }

  private void running(FileId file) throws Exception {
    for (var i = 0; i < 2_000; i++) {
      for (var process : processes.running()) {
        if (file.equals(process.executableId())
            || process.scripts().stream().anyMatch(script -> script.id().equals(file))) {
          return;
        }
      }
    }
    throw new AssertionError("it never ran");
  }

  private static void ended(Process process) throws InterruptedException {
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  @Test
  void the_program_is_stopped_and_its_namesake_lives() throws Exception {
    var banned = start(copy("/bin/sleep", "/home/alice/a/tool"), "600");
    var namesake = start(copy("/bin/sleep", "/home/alice/b/tool"), "600");
    var id = sandbox.id("/home/alice/a/tool");
    running(id);
    running(sandbox.id("/home/alice/b/tool"));

    assertEquals(new Outcome.Done(), stop(id));
    ended(banned);
    assertTrue(namesake.isAlive());
    assertEquals(new Outcome.AlreadyDone(), stop(id));
  }

  @Test
  void it_is_known_after_its_file_was_moved_or_removed() throws Exception {
    var first = start(copy("/bin/sleep", "/home/alice/tool"), "600");
    var id = sandbox.id("/home/alice/tool");
    running(id);
    Files.move(sandbox.at("/home/alice/tool"), sandbox.at("/moved"));
    assertEquals(new Outcome.Done(), stop(id));
    ended(first);

    var second = start(sandbox.at("/moved").toString(), "600");
    running(id);
    Files.delete(sandbox.at("/moved"));
    assertEquals(new Outcome.Done(), stop(id));
    ended(second);
  }

  @Test
  void a_program_that_does_not_hear_is_killed() throws Exception {
    var deaf =
        start(copy("/bin/sh", "/home/alice/tool"), "-c", "trap '' TERM; while :; do sleep 1; done");
    var id = sandbox.id("/home/alice/tool");
    running(id);

    assertEquals(
        new Outcome.Done(), new Stopping(processes).stop(Set.of(id), Duration.ofMillis(300)));
    ended(deaf);
  }

  @Test
  void a_supervisor_s_loop_comes_to_nothing_once_the_file_is_gone() throws Exception {
    var tool = copy("/bin/sleep", "/home/alice/tool");
    var id = sandbox.id("/home/alice/tool");
    var supervisor = start("/bin/sh", "-c", "while :; do " + tool + " 600; sleep 0.02; done");
    running(id);
    Files.move(sandbox.at("/home/alice/tool"), sandbox.at("/quarantined"));

    assertEquals(new Outcome.Done(), stop(id));
    assertTrue(supervisor.isAlive());
    assertEquals(new Outcome.AlreadyDone(), stop(id));
  }

  /// Why the file goes first.
  @Test
  void a_supervisor_s_loop_withstands_while_the_file_is_there() throws Exception {
    var tool = copy("/bin/sleep", "/home/alice/tool");
    var id = sandbox.id("/home/alice/tool");
    start("/bin/sh", "-c", "while :; do " + tool + " 600; done");
    running(id);

    stop(id);
    running(id);
  }

  @Test
  void a_stopped_process_and_a_traced_one_are_ended() throws Exception {
    var tool = copy("/bin/sleep", "/home/alice/tool");
    var id = sandbox.id("/home/alice/tool");
    var stopped = start(tool, "600");
    running(id);
    start("/bin/kill", "-STOP", Long.toString(stopped.pid())).waitFor();
    assertEquals(
        new Outcome.Done(), new Stopping(processes).stop(Set.of(id), Duration.ofMillis(100)));
    ended(stopped);

    assumeTrue(Files.exists(Path.of("/usr/bin/strace")), "needs strace as a tracer");
    var tracer = start("/usr/bin/strace", "-o", "/dev/null", tool, "600");
    running(id);
    assertEquals(
        new Outcome.Done(), new Stopping(processes).stop(Set.of(id), Duration.ofMillis(100)));
    ended(tracer);
  }

  /// The file that a process executes is what counts, in whichever namespaces it runs.
  @Test
  void in_other_namespaces_the_same_file_is_stopped_and_a_copy_lives() throws Exception {
    assumeTrue(
        dev.interdict.agent.platform.linux.kernel.Kernel.effectiveUid() == 0,
        "other namespaces need root");
    assumeTrue(Files.exists(Path.of("/usr/bin/unshare")), "needs unshare");
    var tool = copy("/bin/sleep", "/home/alice/tool");
    var copy = copy("/bin/sleep", "/mnt/tool");
    var id = sandbox.id("/home/alice/tool");
    var banned = start("/usr/bin/unshare", "--mount", "--pid", "--fork", tool, "600");
    var container =
        start(
            "/usr/bin/unshare",
            "--mount",
            "/bin/sh",
            "-c",
            "mount --bind " + copy + " " + tool + " && exec " + tool + " 600");
    running(id);
    running(sandbox.id("/mnt/tool"));

    assertEquals(new Outcome.Done(), stop(id));
    ended(banned);
    assertTrue(container.isAlive());
  }

  @Test
  void a_child_that_is_another_program_lives() throws Exception {
    var parent =
        start(
            copy("/bin/sh", "/home/alice/tool"),
            "-c",
            copy("/bin/sleep", "/home/alice/child") + " 600; true");
    var id = sandbox.id("/home/alice/tool");
    running(sandbox.id("/home/alice/child"));
    var child = parent.children().findFirst().orElseThrow();

    assertEquals(new Outcome.Done(), stop(id));
    ended(parent);
    assertTrue(child.isAlive());
    child.destroyForcibly();
  }

  @Test
  void an_interpreter_is_stopped_for_its_script_and_others_of_it_live() throws Exception {
    var banned = sandbox.write("/home/alice/banned.sh", "while :; do sleep 1; done\n").toString();
    var other = sandbox.write("/home/alice/other.sh", "while :; do sleep 1; done\n").toString();
    var bad = start("/bin/sh", banned);
    var good = start("/bin/sh", other);
    var reader = start("/bin/sh", "-c", "while :; do sleep 1; done", banned);
    var id = sandbox.id("/home/alice/banned.sh");
    running(id);
    running(sandbox.id("/home/alice/other.sh"));

    assertEquals(new Outcome.Done(), stop(id));
    ended(bad);
    assertTrue(good.isAlive());
    assertTrue(reader.isAlive());
  }

  @Test
  void neither_we_nor_the_machine_s_programs_are_stopped() throws Exception {
    var self = processes.find(ProcessHandle.current().pid());
    var shell = start("/bin/sh", "-c", "while :; do sleep 1; done");
    var found = processes.find(shell.pid());
    assertNotNull(self);
    assertNotNull(found);
    assertNotNull(self.executableId());
    assertNotNull(found.executableId());

    assertEquals(new Outcome.AlreadyDone(), stop(self.executableId(), found.executableId()));
    assertTrue(shell.isAlive());
  }

  @Test
  void a_process_descriptor_never_means_a_later_process() throws Exception {
    var process = start(copy("/bin/sleep", "/home/alice/tool"), "600");
    running(sandbox.id("/home/alice/tool"));
    try (var pidfd = Pidfd.open(process.pid())) {
      assertFalse(pidfd.ended(0));
      process.destroyForcibly().waitFor();
      assertTrue(pidfd.ended(1_000));
    }
  }
}
