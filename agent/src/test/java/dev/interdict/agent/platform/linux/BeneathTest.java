package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not reached from a folder that a user controls, in one call or step by step.
@EnabledOnOs(OS.LINUX)
class BeneathTest {
  private static final BytePath HOME = BytePath.parse("/home/alice");

  private Sandbox sandbox;
  private Fd home;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    sandbox = Sandbox.in(root);
    sandbox.write("/etc/secret", "secret");
    sandbox.write("/home/alice/file", "x");
    home = Kernel.openRoot(bytes(sandbox.at("/home/alice").toString()));
  }

  @AfterEach
  void close() {
    home.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void ends(Errno errno, Executable call) {
    assertEquals(errno, assertThrows(KernelException.class, call).errno());
  }

  private Fd open(boolean stepwise, String path, int flags) throws KernelException {
    return new Beneath(home, HOME, stepwise).open(BytePath.parse(path), flags);
  }

  @Test
  void no_way_leads_up_or_to_the_root() {
    for (var path : List.of("../../etc/secret", "x/../../../etc/secret", "/etc/passwd")) {
      ends(
          path.startsWith("x") ? Errno.ENOENT : Errno.EXDEV,
          () -> Kernel.openSafely(home, bytes(path), Kernel.O_PATH).close());
    }
    ends(Errno.EXDEV, () -> Kernel.openSafely(home, bytes("../alice/file"), Kernel.O_PATH).close());
  }

  @Test
  void the_kernel_s_own_links_lead_nowhere() throws Exception {
    try (var proc = Kernel.openRoot(bytes("/proc/self"))) {
      ends(Errno.ELOOP, () -> Kernel.openSafely(proc, bytes("cwd"), Kernel.O_DIRECTORY).close());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_link_is_opened_itself_only_by_those_who_say_so(boolean stepwise) throws Exception {
    sandbox.link("/home/alice/link", "file");
    ends(Errno.ELOOP, () -> open(stepwise, "/home/alice/link", Kernel.O_PATH).close());
    open(stepwise, "/home/alice/link", Kernel.O_PATH | Kernel.O_NOFOLLOW).close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_path_that_lies_elsewhere_is_no_path_of_it(boolean stepwise) {
    for (var path : List.of("/home/bob/file", "/etc/secret")) {
      assertThrows(
          IllegalArgumentException.class, () -> open(stepwise, path, Kernel.O_PATH).close());
    }
  }

  private void mounted(boolean stepwise, String... options) throws Exception {
    var mount = Files.createDirectories(sandbox.at("/home/alice/work"));
    sandbox.write("/home/alice/work/file", "x");
    var line = new java.util.ArrayList<>(List.of("mount"));
    line.addAll(List.of(options));
    line.add(mount.toString());
    assumeTrue(
        new ProcessBuilder(line).redirectErrorStream(true).start().waitFor() == 0,
        "needs the right to mount");
    try {
      Files.writeString(mount.resolve("file"), "y");
      ends(Errno.EXDEV, () -> open(stepwise, "/home/alice/work/file", Kernel.O_RDONLY).close());
      ends(Errno.EXDEV, () -> open(stepwise, "/home/alice/work", Kernel.O_RDONLY).close());
    } finally {
      assertEquals(0, new ProcessBuilder("umount", mount.toString()).start().waitFor());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void another_file_system_is_not_entered(boolean stepwise) throws Exception {
    mounted(stepwise, "-t", "tmpfs", "none");
  }

  /// It has the same device as what is around it.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_folder_of_the_same_file_system_that_is_bound_there_is_not_entered(boolean stepwise)
      throws Exception {
    mounted(stepwise, "--bind", sandbox.at("/etc").toString());
  }

  private void untrusted(Path given) throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a link to another user needs root");
    Files.setAttribute(given, "unix:uid", 54321, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    try (var machine = sandbox.machine()) {
      ends(
          Errno.ELOOP,
          () ->
              machine
                  .systemWay()
                  .open(BytePath.parse("/opt/link/secret"), Kernel.O_RDONLY)
                  .close());
    }
  }

  @Test
  void a_link_that_somebody_else_made_is_not_the_system_s_own() throws Exception {
    untrusted(sandbox.link("/opt/link", "/etc"));
  }

  @Test
  void a_link_in_a_folder_of_somebody_else_is_not_the_system_s_own() throws Exception {
    sandbox.link("/opt/link", "/etc");
    untrusted(sandbox.at("/opt"));
  }
}
