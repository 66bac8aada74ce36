package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.TreeBudget;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class LinuxTreeTest {
  private Sandbox sandbox;
  private Home home;
  private Fd homeFd;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    sandbox = Sandbox.in(root);
    home = sandbox.user("alice");
    homeFd = Kernel.openRoot(sandbox.at("/home/alice").toString().getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    homeFd.close();
  }

  private Tree tree(boolean stepwise) {
    return new LinuxTree(new Beneath(homeFd, home.path(), stepwise), home.path(), TreeBudget.HOME);
  }

  private BytePath path(String relative) {
    return home.path().resolve(relative);
  }

  private static FileFact fact(Tree tree, BytePath path) throws UnreadableException {
    return Objects.requireNonNull(tree.stat(path));
  }

  private static void refused(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(UnreadableException.class, call).reason());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_there_is_read(boolean stepwise) throws Exception {
    sandbox.write("/home/alice/a/b/file", "content");
    sandbox.link("/home/alice/a/b/link", "file");
    var tree = tree(stepwise);

    assertArrayEquals("content".getBytes(StandardCharsets.UTF_8), tree.read(path("a/b/file"), 7));
    assertArrayEquals("file".getBytes(StandardCharsets.UTF_8), tree.readLink(path("a/b/link")));
    assertEquals(
        "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73",
        tree.sha256(path("a/b/file")));
    assertEquals(sandbox.id("/home/alice/a/b/file"), fact(tree, path("a/b/file")).id());
    assertEquals(FileKind.LINK, fact(tree, path("a/b/link")).kind());
    assertEquals(
        List.of(FileKind.REGULAR, FileKind.LINK),
        tree.list(path("a/b")).stream().map(Tree.Entry::kind).toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_not_there_is_absent_and_no_gap(boolean stepwise) throws Exception {
    sandbox.write("/home/alice/file", "");
    var tree = tree(stepwise);

    assertNull(tree.read(path("none/at/all"), 1));
    assertNull(tree.read(path("file/below"), 1));
    assertNull(tree.stat(path("none")));
    assertNull(tree.readLink(path("file")));
    assertEquals(List.of(), tree.list(path("none")));
    assertEquals(List.of(), tree.list(path("file")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void links_are_followed_nowhere(boolean stepwise) throws Exception {
    sandbox.write("/etc/secret", "secret");
    sandbox.link("/home/alice/.config", "/etc");
    sandbox.link("/home/alice/up", "../../etc");
    sandbox.link("/home/alice/package.json", "/etc/secret");
    var tree = tree(stepwise);

    refused(Reason.LINK_IN_PATH, () -> tree.read(path(".config/secret"), 100));
    refused(Reason.LINK_IN_PATH, () -> tree.list(path(".config")));
    refused(Reason.LINK_IN_PATH, () -> tree.list(path("up")));
    refused(Reason.LINK_IN_PATH, () -> tree.stat(path("up/secret")));
    refused(Reason.LINK_IN_PATH, () -> tree.read(path("package.json"), 100));
    refused(Reason.LINK_IN_PATH, () -> tree.sha256(path("package.json")));
  }

  @Test
  void a_file_longer_than_the_limit_is_an_error_and_is_never_cut() throws Exception {
    sandbox.write("/home/alice/package.json", "12345");

    refused(Reason.TOO_LARGE, () -> tree(false).read(path("package.json"), 4));
  }

  @Test
  void a_sparse_file_of_8_gib_costs_no_more_than_the_limit() throws Exception {
    var file = sandbox.write("/home/alice/package.json", "");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 8L << 30);
    }

    refused(Reason.TOO_LARGE, () -> tree(false).read(path("package.json"), 1 << 20));
  }

  @Test
  void pipes_and_directories_in_a_file_s_place_do_not_block() throws Exception {
    run("mkfifo", sandbox.at("/home/alice/package.json").toString());
    Files.createDirectory(sandbox.at("/home/alice/RECORD"));

    refused(Reason.NOT_A_FILE, () -> tree(false).read(path("package.json"), 100));
    refused(Reason.NOT_A_FILE, () -> tree(false).sha256(path("RECORD")));
  }

  @Test
  void names_that_are_no_text_are_found() throws Exception {
    byte[] name = {(byte) 0xff, '\n', 0x1b, (byte) 0xfe};
    try (var fd = Kernel.openat(homeFd, name, Kernel.O_WRONLY | Kernel.O_CREAT, 0600)) {
      Kernel.write(fd, new byte[] {42}, 1);
    }
    var tree = tree(false);

    assertArrayEquals(name, tree.list(home.path()).getFirst().name());
    assertArrayEquals(new byte[] {42}, tree.read(home.path().resolve(name), 10));
  }

  @Test
  void the_budget_ends_the_reading_of_one_tree() throws Exception {
    sandbox.write("/home/alice/a/b/c", "12345678");
    sandbox.write("/home/alice/a/d", "");
    var tree =
        new LinuxTree(
            new Beneath(homeFd, home.path()),
            home.path(),
            new TreeBudget(2, 2, 4, Duration.ofMinutes(1)));

    refused(Reason.BUDGET, () -> tree.stat(path("a/b/c")));
    assertNotNull(tree.stat(path("a/b")));
    tree.list(path("a"));
    refused(Reason.BUDGET, () -> tree.list(path("a/b").parent()));
  }

  @Test
  void the_system_s_own_links_are_followed_below_the_root() throws Exception {
    sandbox.write("/usr/lib/node_modules/x/package.json", "{}");
    sandbox.link("/lib", "usr/lib");
    sandbox.link("/opt/node", "/lib/node_modules/");
    sandbox.link("/opt/up", "../../../../usr/./lib/../lib");
    sandbox.link("/opt/loop", "loop");
    try (var machine = sandbox.machine()) {
      var system = machine.system();

      for (var way : List.of("/lib/node_modules/x", "/opt/node/x", "/opt/up/node_modules/x")) {
        assertArrayEquals(
            "{}".getBytes(StandardCharsets.UTF_8),
            system.read(BytePath.parse(way + "/package.json"), 10),
            way);
      }
      assertEquals(1, system.list(BytePath.parse("/opt/node")).size());
      assertEquals(FileKind.LINK, fact(system, BytePath.parse("/lib")).kind());
      refused(Reason.LINK_IN_PATH, () -> system.list(BytePath.parse("/opt/loop")));
    }
  }

  @Test
  void a_link_in_a_directory_that_all_may_write_is_not_the_system_s_own() throws Exception {
    sandbox.write("/etc/x", "");
    sandbox.link("/tmp/etc", "/etc");
    run("chmod", "1777", sandbox.at("/tmp").toString());
    try (var machine = sandbox.machine()) {
      refused(Reason.LINK_IN_PATH, () -> machine.system().list(BytePath.parse("/tmp/etc")));
    }
  }

  static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
  }
}
