package dev.interdict.agent.platform.portable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.TreeBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same that is asked of Linux's own tree, once by descriptors and once by path.
class PortableTreeTest {
  private static final String HOME = "Users/alice/";
  private static final String NEEDS_LINKS = "making a link needs a privilege";

  private Path root;
  private Planting planting;

  @BeforeEach
  void machine(@TempDir Path folder) throws IOException {
    root = folder.toRealPath();
    planting = new Planting(root).folder(HOME);
  }

  private Tree tree(boolean byPath) {
    return new PortableTree(root, path(""), TreeBudget.HOME, null, byPath);
  }

  private static BytePath path(String relative) {
    return BytePath.parse("/" + HOME + relative);
  }

  private static void refused(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(UnreadableException.class, call).reason());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_there_is_read(boolean byPath) throws Exception {
    planting.file(HOME + "a/b/file", "content").folder(HOME + "a/b/sub");
    var tree = tree(byPath);

    assertArrayEquals(bytes("content"), tree.read(path("a/b/file"), 7));
    assertArrayEquals(bytes("nte"), tree.range(path("a/b/file"), 2, 3));
    assertArrayEquals(bytes("t"), tree.range(path("a/b/file"), 6, 100));
    assertArrayEquals(bytes(""), tree.range(path("a/b/file"), 600, Integer.MAX_VALUE));
    assertEquals(
        "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73",
        tree.sha256(path("a/b/file")));
    assertEquals(7, Objects.requireNonNull(tree.stat(path("a/b/file"))).size());
    assertEquals(
        List.of(FileKind.REGULAR, FileKind.DIRECTORY),
        tree.list(path("a/b")).stream().map(Tree.Entry::kind).toList());
    assertEquals(
        FileKind.DIRECTORY,
        Objects.requireNonNull(tree.stat(BytePath.ROOT.resolve("Users"))).kind());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_is_not_there_is_absent_and_no_gap(boolean byPath) throws Exception {
    planting.file(HOME + "file", "");
    var tree = tree(byPath);

    assertNull(tree.read(path("none/at/all"), 1));
    assertNull(tree.read(path("file/below"), 1));
    assertNull(tree.stat(path("none")));
    assertNull(tree.readLink(path("file")));
    assertEquals(List.of(), tree.list(path("none")));
    assertEquals(List.of(), tree.list(path("file")));
  }

  @DisabledOnOs(value = OS.WINDOWS, disabledReason = NEEDS_LINKS)
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void links_are_followed_nowhere(boolean byPath) throws Exception {
    planting
        .file("etc/secret", "secret")
        .link(HOME + ".config", "/etc")
        .link(HOME + "up", "../../etc")
        .link(HOME + "package.json", "../../etc/secret");
    var tree = tree(byPath);

    refused(Reason.LINK_IN_PATH, () -> tree.read(path(".config/secret"), 100));
    refused(Reason.LINK_IN_PATH, () -> tree.list(path(".config")));
    refused(Reason.LINK_IN_PATH, () -> tree.list(path("up")));
    refused(Reason.LINK_IN_PATH, () -> tree.stat(path("up/secret")));
    refused(Reason.LINK_IN_PATH, () -> tree.read(path("package.json"), 100));
    refused(Reason.LINK_IN_PATH, () -> tree.range(path("package.json"), 0, 100));
    refused(Reason.LINK_IN_PATH, () -> tree.sha256(path("package.json")));
    assertArrayEquals(bytes("../../etc"), tree.readLink(path("up")));
    assertEquals(FileKind.LINK, Objects.requireNonNull(tree.stat(path("up"))).kind());
  }

  @Test
  void a_file_longer_than_the_limit_is_an_error_and_is_never_cut() {
    planting.file(HOME + "package.json", "12345");

    refused(Reason.TOO_LARGE, () -> tree(false).read(path("package.json"), 4));
  }

  @Test
  void a_sparse_file_costs_no_more_than_the_limit() throws Exception {
    planting.file(HOME + "package.json", "");
    try (var channel =
        FileChannel.open(root.resolve(HOME + "package.json"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 1L << 30);
    }

    refused(Reason.TOO_LARGE, () -> tree(false).read(path("package.json"), 1 << 20));
    assertEquals(
        1, Objects.requireNonNull(tree(false).range(path("package.json"), 1L << 30, 9)).length);
  }

  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no pipes in folders")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pipes_and_directories_in_a_file_s_place_do_not_block(boolean byPath) throws Exception {
    var fifo = root.resolve(HOME + "package.json").toString();
    assertEquals(0, new ProcessBuilder("mkfifo", fifo).start().waitFor());
    planting.folder(HOME + "RECORD");

    refused(Reason.NOT_A_FILE, () -> tree(byPath).read(path("package.json"), 100));
    refused(Reason.NOT_A_FILE, () -> tree(byPath).sha256(path("RECORD")));
    refused(Reason.LINK_IN_PATH, () -> tree(byPath).list(path("package.json")));
  }

  @Test
  void the_budget_ends_the_reading_of_one_tree() throws Exception {
    planting.file(HOME + "a/b/c", "12345678").file(HOME + "a/d", "");
    var budget = new TreeBudget(2, 2, 4, Duration.ofMinutes(1));
    var tree = new PortableTree(root, path(""), budget, null);

    refused(Reason.BUDGET, () -> tree.stat(path("a/b/c")));
    assertNotNull(tree.stat(path("a/b")));
    tree.list(path("a"));
    refused(Reason.BUDGET, () -> tree.list(path("a")));
  }

  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no device there")
  @Test
  void another_file_system_inside_a_home_is_refused() {
    planting.file(HOME + "mounted/file", "x");
    var tree = new PortableTree(root, path(""), TreeBudget.HOME, -5L, false);

    refused(Reason.OTHER_FILE_SYSTEM, () -> tree.read(path("mounted/file"), 9));
    refused(Reason.OTHER_FILE_SYSTEM, () -> tree.list(path("mounted")));
  }

  @DisabledOnOs(value = OS.WINDOWS, disabledReason = NEEDS_LINKS)
  @Test
  void the_three_links_of_macos_are_followed_and_no_other_in_their_place() throws Exception {
    planting
        .file("private/var/db/x", "x")
        .link("var", "private/var")
        .file("other/y", "y")
        .link("etc", "other");
    var tree = new PortableTree(root, BytePath.ROOT, TreeBudget.SYSTEM, null);

    assertArrayEquals(bytes("x"), tree.read(BytePath.parse("/var/db/x"), 9));
    refused(Reason.LINK_IN_PATH, () -> tree.read(BytePath.parse("/etc/y"), 9));
  }

  @Test
  void refusals_of_both_systems_are_told_as_denied() {
    assertEquals(Reason.DENIED, PortableTree.reason(new AccessDeniedException("x")));
    assertEquals(
        Reason.DENIED,
        PortableTree.reason(new FileSystemException("x", null, "Operation not permitted")));
    assertEquals(Reason.IO, PortableTree.reason(new FileSystemException("x")));
  }

  @Test
  void names_that_mean_something_else_to_windows_are_told_apart() {
    for (var name : List.of("nul", "CON", "com1.txt", "aux .x", "a:b", "a.", "a ", "x\\y")) {
      assertFalse(FileNames.ofWindows(name), name);
    }
    for (var name : List.of("null", "console", "com10", "claude.exe", ".claude", "a b")) {
      assertTrue(FileNames.ofWindows(name), name);
    }
    var system = FileSystems.getDefault();
    assertTrue(FileNames.path(system, bytes("a\0b")).isEmpty());
  }
}
