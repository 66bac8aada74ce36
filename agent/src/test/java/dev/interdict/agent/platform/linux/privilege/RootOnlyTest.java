package dev.interdict.agent.platform.linux.privilege;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class RootOnlyTest {
  @TempDir Path folder;

  @Test
  void a_program_of_the_system_is_roots_alone() {
    assertTrue(RootOnly.program(Path.of("/bin/sh")));
  }

  @Test
  void a_program_below_a_folder_that_others_can_write_is_not() throws IOException {
    var program = Files.copy(Path.of("/bin/true"), folder.resolve("program"));
    assertTrue(program.toFile().setExecutable(true));
    assertFalse(RootOnly.program(program));
  }

  /// In a folder of root's own, where nothing else speaks against it.
  @Test
  void a_program_of_somebody_else_is_not() throws IOException {
    assumeTrue(
        Files.isWritable(Path.of("/run")) && RootOnly.file(Path.of("/etc/passwd")),
        "needs root and a folder that is root's alone");
    var own = Files.createTempDirectory(Path.of("/run"), "interdict");
    try {
      var program = Files.copy(Path.of("/bin/true"), own.resolve("program"));
      assertTrue(program.toFile().setExecutable(true));
      assertTrue(RootOnly.program(program));
      Files.setAttribute(program, "unix:uid", 54321);
      assertFalse(RootOnly.program(program));
    } finally {
      Files.deleteIfExists(own.resolve("program"));
      Files.delete(own);
    }
  }

  @Test
  void a_link_is_judged_by_where_it_leads() throws IOException {
    var program = Files.copy(Path.of("/bin/true"), folder.resolve("program"));
    assertTrue(program.toFile().setExecutable(true));
    var toSystem = Files.createSymbolicLink(folder.resolve("good"), Path.of("/bin/sh"));
    var toOther = Files.createSymbolicLink(folder.resolve("bad"), program);
    assertTrue(RootOnly.program(toSystem));
    assertFalse(RootOnly.program(toOther));
  }

  @Test
  void what_is_missing_or_no_program_is_not() {
    assertFalse(RootOnly.program(Path.of("/usr/bin/nonexistent-program")));
    assertFalse(RootOnly.program(Path.of("/etc/passwd")));
    assertFalse(RootOnly.program(Path.of("/usr/bin")));
  }
}
