package dev.interdict.agent.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "file ids come from Linux's /proc")
final class KernelProcessesTest {
  @TempDir Path root;

  private static RunningProcess find(long pid) throws Exception {
    return KernelProcesses.running().stream()
        .filter(process -> process.pid() == pid)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void this_process_is_seen_with_its_file_and_start() throws Exception {
    var self = find(ProcessHandle.current().pid());
    assertTrue(Objects.requireNonNull(self.executable()).toString().endsWith("/bin/java"));
    assertNotNull(self.executableId());
    assertTrue(self.startTicks() > 0);
    assertEquals(
        ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).intValue(), self.uid());
  }

  /// Of the other systems' list all but what only they have can be seen here as well.
  @Test
  void the_other_systems_list_tells_the_same_of_this_process() throws Exception {
    var pid = ProcessHandle.current().pid();
    var self = find(pid);
    var there =
        OshiProcesses.running().stream()
            .filter(process -> process.pid() == pid)
            .findFirst()
            .orElseThrow();
    assertEquals(self.executable(), there.executable());
    assertEquals(self.name(), there.name());
    assertEquals(self.uid(), there.uid());
  }

  @Test
  void script_is_the_file_that_a_link_leads_to() throws Exception {
    var script = script("tool.sh");
    var link = Files.createSymbolicLink(root.toRealPath().resolve("claude"), Path.of("tool.sh"));
    var process = start("/bin/sh", link.getFileName().toString());
    try {
      var seen = find(process.pid()).scripts().getFirst();
      assertEquals(NioPaths.bytePath(script), seen.path());
      assertEquals(
          ((Number) Files.getAttribute(script, "unix:ino")).longValue(), seen.id().inode());
    } finally {
      end(process);
    }
  }

  @Test
  void file_that_is_only_an_argument_is_no_script() throws Exception {
    var script = script("tool.sh");
    var data = Files.writeString(root.toRealPath().resolve("cli.js"), "");
    var process = start("/bin/sh", script.toString(), data.toString());
    try {
      assertEquals(1, find(process.pid()).scripts().size());
      assertEquals(NioPaths.bytePath(script), find(process.pid()).scripts().getFirst().path());
    } finally {
      end(process);
    }
  }

  @Test
  void deleted_program_keeps_its_path_and_file() throws Exception {
    var program = root.toRealPath().resolve("2.1.328");
    Files.copy(Path.of("/bin/cat").toRealPath(), program);
    assertTrue(program.toFile().setExecutable(true));
    var inode = ((Number) Files.getAttribute(program, "unix:ino")).longValue();
    var process = start(program.toString());
    try {
      Files.delete(program);
      var seen = find(process.pid());
      assertEquals(NioPaths.bytePath(program), seen.executable());
      assertEquals(inode, Objects.requireNonNull(seen.executableId()).inode());
      assertFalse(seen.name().isEmpty());
    } finally {
      end(process);
    }
  }

  /// A script that says that it runs and then waits for its input to end.
  private Path script(String name) throws IOException {
    return Files.writeString(root.toRealPath().resolve(name), "echo runs\nread line\n");
  }

  private Process start(String... command) throws IOException {
    var process = new ProcessBuilder(command).directory(root.toRealPath().toFile()).start();
    if (command[0].equals("/bin/sh")) {
      assertEquals('r', process.getInputStream().read());
    } else {
      // What comes back proves that the program itself runs, no longer the copy of this process.
      process.getOutputStream().write('x');
      process.getOutputStream().flush();
      assertEquals('x', process.getInputStream().read());
    }
    return process;
  }

  private static void end(Process process) throws Exception {
    process.getOutputStream().close();
    process.waitFor();
  }
}
