package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Faults;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.policy.ProtectedSoftware;
import dev.interdict.policy.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What changes while programs are being stopped, and who lives though it executes a banned file.
@EnabledOnOs(OS.LINUX)
@Isolated("stands between the whole process and the kernel")
class StoppingMomentsTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final Path SLEEP = Path.of("/bin/sleep");

  private final List<Process> started = new ArrayList<>();
  private Sandbox sandbox;
  private LinuxProcesses processes;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    assumeTrue(Files.exists(SLEEP), "needs /bin/sleep");
    sandbox = Sandbox.in(root);
    processes = new LinuxProcesses();
  }

  @AfterEach
  void end() {
    Faults.none();
    started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    started.forEach(Process::destroyForcibly);
    processes.close();
  }

  private String copy(Path program, String path) throws IOException {
    var copy = sandbox.write(path, "");
    Files.copy(program.toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(copy.toFile().setExecutable(true));
    return copy.toString();
  }

  private Process start(String... command) throws IOException {
    var process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    return process;
  }

  private void running(long pid, FileId file) throws IOException {
    while (true) {
      var process = processes.find(pid);
      assertNotNull(process, "it ended");
      if (file.equals(process.executableId())) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  private Outcome stop(FileId file, Duration grace) throws IOException {
    return new Stopping(processes).stop(Set.of(file), grace);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The command line of [Stops], without its argument.
  private static String[] stops() {
    return new String[] {
      java(),
      "-XX:TieredStopAtLevel=1",
      "--enable-native-access=ALL-UNNAMED",
      "-cp",
      System.getProperty("java.class.path"),
      Stops.class.getName()
    };
  }

  /// The same number and the same beginning, and by now another program.
  @Test
  void a_process_that_became_another_program_before_it_was_held_lives() throws Exception {
    var tool = copy(SHELL, "/home/alice/tool");
    var other = copy(SLEEP, "/home/alice/other");
    var go = sandbox.at("/go");
    var process =
        start(tool, "-c", "while [ ! -e " + go + " ]; do :; done; exec " + other + " 600");
    var id = sandbox.id("/home/alice/tool");
    running(process.pid(), id);
    Faults.decide(call -> {
      if (call.equals("pidfd_open") && !Files.exists(go)) {
        try {
          Files.createFile(go);
          while (!Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe"))
              .equals(Path.of(other))) {
            Thread.onSpinWait();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Errno.OTHER;
    });

    assertEquals(new Outcome.Done(), stop(id, Duration.ZERO));
    assertTrue(Files.exists(go));
    assertTrue(process.isAlive());
  }

  @Test
  void who_hears_has_time_to_save() throws Exception {
    var tool = copy(SHELL, "/home/alice/tool");
    var ready = sandbox.at("/ready");
    var saved = sandbox.at("/saved");
    var process =
        start(
            tool,
            "-c",
            "trap 'echo > " + saved + "; exit' TERM; echo > " + ready + "; while :; do :; done");
    while (!Files.exists(ready)) {
      Thread.onSpinWait();
    }

    assertEquals(new Outcome.Done(), stop(sandbox.id("/home/alice/tool"), Duration.ofSeconds(30)));
    process.waitFor();
    assertTrue(Files.exists(saved));
  }

  /// After each sweep another one is there.
  @Test
  void what_comes_back_each_time_is_given_up_after_five_sweeps() throws Exception {
    var tool = copy(SLEEP, "/home/alice/tool");
    var id = sandbox.id("/home/alice/tool");
    running(start(tool, "600").pid(), id);
    Faults.decide(call -> {
      if (call.equals("poll")) {
        try {
          running(start(tool, "600").pid(), id);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Errno.OTHER;
    });

    var outcome = stop(id, Duration.ZERO);
    assertEquals(Refusal.STILL_RUNNING, assertInstanceOf(Outcome.Refused.class, outcome).why());
    assertEquals(6, started.size());
  }

  @Test
  void who_started_us_lives() throws Exception {
    var tool = copy(SHELL, "/home/alice/tool");
    var said = sandbox.at("/said");
    var line = "'" + String.join("' '", stops()) + "' " + tool + " > " + said + "; true";
    assertEquals(0, start(tool, "-c", line).waitFor());
    assertEquals(new Outcome.AlreadyDone().toString(), Files.readString(said).strip());
  }

  @Test
  void what_the_machine_needs_lives_under_another_name() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "a mount needs root");
    assumeTrue(Files.exists(Path.of("/usr/bin/unshare")), "needs unshare");
    var tool = copy(SLEEP, "/home/alice/tool");
    var shell = SHELL.toRealPath();
    var process =
        start(
            "/usr/bin/unshare",
            "--mount",
            "/bin/sh",
            "-c",
            "mount --bind "
                + shell
                + " "
                + tool
                + " && exec "
                + tool
                + " -c 'while :; do :; done'");
    var needed = Sandbox.at(Path.of("/")).id(shell.toString());
    while (true) {
      var found = processes.find(process.pid());
      assertNotNull(found, "it ended");
      var path = found.executable();
      if (path != null && path.toString().endsWith("/home/alice/tool")) {
        assertEquals(needed, found.executableId());
        break;
      }
      Thread.onSpinWait();
    }

    assertEquals(new Outcome.AlreadyDone(), stop(needed, Duration.ZERO));
    assertTrue(process.isAlive());
  }

  /// One without which the machine goes on, so that nothing but its place speaks for it.
  @Test
  void a_program_in_a_protected_place_lives() throws Exception {
    var tool = Path.of(System.getProperty("java.home"), "bin", "jshell");
    assumeTrue(Files.isExecutable(tool), "needs a JDK");
    assumeTrue(
        ProtectedSoftware.protects(Subject.OfProgram.at(tool.toRealPath().toString())).isPresent(),
        "needs a JDK where the system keeps it");
    var id = Sandbox.at(Path.of("/")).id(tool.toRealPath().toString());
    var process = start(tool.toString());
    running(process.pid(), id);

    assertEquals(new Outcome.AlreadyDone(), stop(id, Duration.ZERO));
    assertTrue(process.isAlive());
  }
}
