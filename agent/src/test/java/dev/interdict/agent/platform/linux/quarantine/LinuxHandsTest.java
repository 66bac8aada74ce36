package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class LinuxHandsTest {
  private Sandbox sandbox;
  private Home home;
  private Path state;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
  }

  private Bench bench() throws IOException {
    return Bench.open(sandbox, home, state);
  }

  private static void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why(), outcome::toString);
  }

  private void tool() throws IOException {
    sandbox.write("/home/alice/tool/package.json", "{}");
    sandbox.write("/home/alice/tool/bin/run", "#!/bin/sh\n").toFile().setExecutable(true);
    sandbox.link("/home/alice/tool/link", "../../etc");
    Files.setLastModifiedTime(
        sandbox.at("/home/alice/tool/package.json"),
        java.nio.file.attribute.FileTime.from(Bench.NOW.minusSeconds(12345)));
  }

  @Test
  void a_directory_is_taken_and_given_back_byte_for_byte() throws Exception {
    tool();
    var before = Photograph.of(sandbox.at("/home/alice"));
    try (var bench = bench()) {
      assertEquals(new Outcome.Done(), bench.take("/home/alice/tool"));
      assertFalse(Files.exists(sandbox.at("/home/alice/tool")));
      assertEquals("/home/alice/tool", bench.hands.held().getFirst().path().toString());

      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    var after = Photograph.of(sandbox.at("/home/alice"));
    before.remove("");
    after.remove("");
    assertEquals(before, after);
  }

  @Test
  void what_is_held_is_known_after_a_restart() throws Exception {
    tool();
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
    }
    try (var bench = bench()) {
      var held = bench.hands.held().getFirst();
      assertEquals(Bench.NOW.plus(Bench.RETENTION), held.until());
      assertEquals(home, held.owner());
      assertEquals(new Outcome.Done(), bench.hands.giveBack(held.id()));
      assertEquals(List.of(), bench.hands.held());
      refused(Refusal.NOT_HELD, bench.hands.giveBack(held.id()));
    }
  }

  @Test
  void what_is_gone_already_is_no_failure() throws Exception {
    tool();
    try (var bench = bench()) {
      var plan = bench.plan("/home/alice/tool");
      bench.take(plan);

      assertEquals(new Outcome.AlreadyDone(), bench.take(plan));
      assertEquals(1, bench.hands.held().size());
    }
  }

  @Test
  void another_file_of_the_same_name_stays() throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    var part = Bench.part(sandbox, "/home/alice/tool");
    sandbox.write("/home/alice/other", "somebody's work");
    Files.move(
        sandbox.at("/home/alice/other"),
        sandbox.at("/home/alice/tool"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (var bench = bench()) {
      refused(Refusal.CHANGED, bench.hands.take(bench.plan("/home/alice/tool"), part));
      assertEquals("somebody's work", Files.readString(sandbox.at("/home/alice/tool")));
      assertEquals(List.of(), bench.hands.held());
    }
  }

  /// The exchange happens after our look and before our move, at the only moment where it counts.
  private void exchanged_at_the_last_moment(String replacement) throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    try (var bench =
        Bench.open(
            sandbox,
            home,
            state,
            act -> {
              if (act.equals("rename")
                  && Files.exists(sandbox.at(replacement), LinkOption.NOFOLLOW_LINKS)) {
                move("/home/alice/tool", "/home/alice/saved");
                move(replacement, "/home/alice/tool");
              }
            })) {
      refused(Refusal.CHANGED, bench.take("/home/alice/tool"));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("banned", Files.readString(sandbox.at("/home/alice/saved")));
  }

  private void move(String from, String to) {
    try {
      Files.move(sandbox.at(from), sandbox.at(to));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_file_exchanged_at_the_last_moment_is_put_back() throws Exception {
    sandbox.write("/home/alice/work", "somebody's work");
    exchanged_at_the_last_moment("/home/alice/work");
    assertEquals("somebody's work", Files.readString(sandbox.at("/home/alice/tool")));
  }

  @Test
  void a_directory_exchanged_at_the_last_moment_is_put_back() throws Exception {
    sandbox.write("/home/alice/work/thesis", "somebody's work");
    exchanged_at_the_last_moment("/home/alice/work");
    assertEquals("somebody's work", Files.readString(sandbox.at("/home/alice/tool/thesis")));
  }

  @Test
  void a_link_exchanged_at_the_last_moment_is_put_back() throws Exception {
    sandbox.write("/etc/secret", "secret");
    sandbox.link("/home/alice/work", "/etc/secret");
    exchanged_at_the_last_moment("/home/alice/work");
    assertTrue(Files.isSymbolicLink(sandbox.at("/home/alice/tool")));
    assertEquals("secret", Files.readString(sandbox.at("/etc/secret")));
  }

  @Test
  void a_link_is_taken_itself_and_not_what_it_leads_to() throws Exception {
    sandbox.write("/home/alice/target", "stays");
    sandbox.link("/home/alice/launcher", "target");
    try (var bench = bench()) {
      assertEquals(new Outcome.Done(), bench.take("/home/alice/launcher"));
      assertEquals("stays", Files.readString(sandbox.at("/home/alice/target")));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    assertEquals(Path.of("target"), Files.readSymbolicLink(sandbox.at("/home/alice/launcher")));
  }

  @Test
  void a_link_on_the_way_is_refused() throws Exception {
    sandbox.write("/etc/tool", "system");
    sandbox.link("/home/alice/.config", "../../etc");
    var real = Bench.part(sandbox, "/etc/tool");
    var part =
        new Part(
            Part.Role.MAIN,
            BytePath.parse("/home/alice/.config/tool"),
            real.id(),
            FileKind.REGULAR);
    try (var bench = bench()) {
      refused(Refusal.LINK_IN_PATH, bench.hands.take(bench.plan(), part));
    }
    assertEquals("system", Files.readString(sandbox.at("/etc/tool")));
  }

  @Test
  void giving_back_never_overwrites() throws Exception {
    tool();
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      sandbox.write("/home/alice/tool", "new");

      refused(Refusal.OCCUPIED, bench.hands.giveBack(bench.only()));
      assertEquals("new", Files.readString(sandbox.at("/home/alice/tool")));
      Files.delete(sandbox.at("/home/alice/tool"));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
  }

  @Test
  void a_name_taken_at_the_last_moment_is_not_overwritten() throws Exception {
    tool();
    HeldId id;
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      id = bench.only();
    }
    try (var bench =
        Bench.open(
            sandbox,
            home,
            state,
            act -> {
              if (act.equals("rename")) {
                try {
                  sandbox.write("/home/alice/tool", "new");
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            })) {
      refused(Refusal.OCCUPIED, bench.hands.giveBack(id));
      assertEquals(id, bench.only());
    }
    assertEquals("new", Files.readString(sandbox.at("/home/alice/tool")));
  }

  @Test
  void nothing_is_given_back_through_a_link() throws Exception {
    sandbox.write("/home/alice/dir/tool", "banned");
    Files.createDirectories(sandbox.at("/etc"));
    try (var bench = bench()) {
      bench.take("/home/alice/dir/tool");
      Files.delete(sandbox.at("/home/alice/dir"));
      sandbox.link("/home/alice/dir", "../../etc");

      refused(Refusal.LINK_IN_PATH, bench.hands.giveBack(bench.only()));
      assertFalse(Files.exists(sandbox.at("/etc/tool")));
    }
  }

  @Test
  void what_was_altered_while_held_is_not_given_back() throws Exception {
    var file = sandbox.write("/home/alice/tool", "banned");
    try (var bench = bench();
        var writer = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
      bench.take("/home/alice/tool");
      writer.write(java.nio.ByteBuffer.wrap("evil!!".getBytes(StandardCharsets.UTF_8)));

      refused(Refusal.ALTERED, bench.hands.giveBack(bench.only()));
      assertFalse(Files.exists(sandbox.at("/home/alice/tool")));
    }
  }

  @Test
  void set_id_bits_are_not_given_back_and_other_names_keep_theirs() throws Exception {
    var file = sandbox.write("/home/alice/tool/run", "x");
    var linked = sandbox.write("/home/alice/tool/linked", "y");
    Files.setAttribute(file, "unix:mode", 0104755);
    Files.setAttribute(linked, "unix:mode", 0106755);
    Files.createLink(sandbox.at("/home/alice/outside"), linked);
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    assertEquals(0100755, Files.getAttribute(file, "unix:mode"));
    assertEquals(0100755, Files.getAttribute(linked, "unix:mode"));
    assertEquals(0106755, Files.getAttribute(sandbox.at("/home/alice/outside"), "unix:mode"));
    assertEquals("y", Files.readString(sandbox.at("/home/alice/outside")));
    assertEquals("y", Files.readString(linked));
  }

  @Test
  void the_other_name_of_a_hard_link_is_left_alone() throws Exception {
    var file = sandbox.write("/home/alice/tool", "x");
    Files.createLink(sandbox.at("/home/alice/other"), file);
    var before = Photograph.of(sandbox.at("/home/alice/other"));
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      assertEquals(before, Photograph.of(sandbox.at("/home/alice/other")));
      bench.hands.giveBack(bench.only());
    }
    assertEquals(before, Photograph.of(sandbox.at("/home/alice/other")));
  }

  @Test
  void a_pipe_is_refused_and_does_not_block() throws Exception {
    var path = sandbox.at("/home/alice/package.json").toString();
    assertEquals(0, new ProcessBuilder("mkfifo", path).start().waitFor());
    try (var bench = bench()) {
      refused(Refusal.NOT_A_FILE, bench.take("/home/alice/package.json"));
    }
  }

  @Test
  void what_belongs_to_somebody_else_is_left_and_reported() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a file to another user needs root");
    tool();
    Files.setAttribute(sandbox.at("/home/alice/tool/package.json"), "unix:uid", 54321);
    var before = Photograph.of(sandbox.at("/home/alice/tool"));
    try (var bench = bench()) {
      refused(Refusal.FOREIGN_OWNER, bench.take("/home/alice/tool"));
    }
    assertEquals(before, Photograph.of(sandbox.at("/home/alice/tool")));
  }

  @Test
  void a_reused_number_or_another_user_gets_nothing_back() throws Exception {
    tool();
    HeldId id;
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      id = bench.only();
    }
    var passwd = sandbox.at("/etc/passwd");
    Files.writeString(passwd, Files.readString(passwd).replaceFirst("(?m)^alice:", "bob:"));
    try (var bench = bench()) {
      refused(Refusal.NO_SUCH_HOME, bench.hands.giveBack(id));
    }
  }

  @Test
  void an_empty_scope_folder_goes_and_comes_back() throws Exception {
    sandbox.write("/home/alice/node_modules/@anthropic-ai/claude-code/package.json", "{}");
    sandbox.write("/home/alice/node_modules/other/package.json", "{}");
    var scope = sandbox.at("/home/alice/node_modules/@anthropic-ai");
    Files.setPosixFilePermissions(scope, PosixFilePermissions.fromString("rwxr-x--x"));
    var path = BytePath.parse("/home/alice/node_modules/@anthropic-ai");
    try (var bench = bench()) {
      var plan = bench.plan("/home/alice/node_modules/@anthropic-ai/claude-code");
      refused(Refusal.KEPT, bench.hands.removeEmpty(plan, path));
      bench.take(plan);
      assertEquals(new Outcome.Done(), bench.hands.removeEmpty(plan, path));
      assertFalse(Files.exists(scope));

      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(scope)));
    assertTrue(Files.exists(scope.resolve("claude-code/package.json")));
  }

  @Test
  void purging_waits_for_the_end_of_the_retention() throws Exception {
    tool();
    try (var bench = bench()) {
      bench.take("/home/alice/tool");
      var until = bench.hands.held().getFirst().until();

      assertEquals(0, bench.hands.purge(until.minusSeconds(1)));
      assertEquals(1, bench.hands.purge(until));
      assertEquals(List.of(), bench.hands.held());
    }
    try (var left = Files.list(state.resolve("held"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void names_that_are_no_text_come_back_as_they_were() throws Exception {
    var names =
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe},
            "a\nb\u001b[31m\u202e".getBytes(StandardCharsets.UTF_8),
            "x".repeat(255).getBytes(StandardCharsets.UTF_8));
    sandbox.write("/home/alice/tool/keep", "");
    try (var dir = open("/home/alice/tool")) {
      for (var name : names) {
        Kernel.openat(dir, name, Kernel.O_WRONLY | Kernel.O_CREAT, 0600).close();
      }
    }
    for (var name : names) {
      var path = BytePath.parse("/home/alice/tool").resolve(name);
      try (var bench = bench();
          var dir = open("/home/alice/tool")) {
        var stat = Kernel.stat(dir, name);
        var part = new Part(Part.Role.MAIN, path, stat.id(), stat.kind());
        assertEquals(new Outcome.Done(), bench.hands.take(bench.plan(), part));
        assertEquals(path, bench.hands.held().getFirst().path());
        assertEquals(3, Kernel.list(dir).size());
      }
      try (var bench = bench();
          var dir = open("/home/alice/tool")) {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
        Kernel.stat(dir, name);
      }
    }
  }

  private Fd open(String path) throws IOException {
    return Kernel.openRoot(sandbox.at(path).toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_program_that_the_machine_needs_is_spared_under_any_name() throws Exception {
    var shell = Path.of("/bin/sh").toRealPath();
    try {
      Files.createLink(sandbox.at("/home/alice/tool"), shell);
    } catch (IOException e) {
      assumeTrue(false, "hard links to /bin/sh cannot be made here: " + e.getMessage());
    }
    try (var bench = bench()) {
      refused(Refusal.PROTECTED, bench.take("/home/alice/tool"));
    }
    Files.delete(sandbox.at("/home/alice/tool"));
  }

  @Test
  void machine_wide_files_are_taken_through_the_system_s_links() throws Exception {
    sandbox.write("/usr/lib/node_modules/@anthropic-ai/claude-code/package.json", "{}");
    sandbox.link("/lib", "usr/lib");
    RemovalPlan plan = Bench.plan(sandbox, null, "/lib/node_modules/@anthropic-ai/claude-code");
    try (var bench = bench()) {
      assertEquals(new Outcome.Done(), bench.take(plan));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    assertTrue(
        Files.exists(sandbox.at("/usr/lib/node_modules/@anthropic-ai/claude-code/package.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/node_modules/x, dpkg/info/vendor.list,    MANAGED",
    "/lib/node_modules/x,     dpkg/info/vendor.list,    MANAGED",
    "/opt/vendor/x,           dpkg/info/vendor.list,    MANAGED",
    "/opt/vendor/x,           rpm/rpmdb.sqlite,         MANAGED",
    "/usr/lib/node_modules/x, pacman/local/x-1/desc,    MANAGED",
    "/usr/local/lib/x,        rpm/rpmdb.sqlite,         ",
    "/opt/vendor/other,       dpkg/info/vendor.list,    ",
    "/opt/vendor/x,           nothing,                  ",
  })
  void machine_wide_file_that_a_package_may_own_is_left_to_its_manager(
      String path, String record, @Nullable Refusal why) throws Exception {
    sandbox.write(path + "/package.json", "{}");
    sandbox.write(
        "/var/lib/" + record,
        "/.\n/usr\n/usr/lib/node_modules/x\n/opt/vendor/x\n/opt/vendor/otherwise\n");
    try (var bench = bench()) {
      var outcome = bench.take(Bench.plan(sandbox, null, path));
      if (why == null) {
        assertEquals(new Outcome.Done(), outcome);
      } else {
        refused(why, outcome);
        assertTrue(Files.exists(sandbox.at(path + "/package.json")));
      }
    }
  }

  private void notOpened() {
    assertThrows(
        IOException.class,
        () ->
            Quarantine.open(
                state, Bench.RETENTION, java.time.InstantSource.fixed(Bench.NOW), new Random()));
  }

  @Test
  void a_quarantine_that_others_may_enter_is_not_used() throws Exception {
    bench().close();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));
    notOpened();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(
        state.resolve("held"), PosixFilePermissions.fromString("rwx-----x"));
    notOpened();
  }

  @Test
  void a_quarantine_below_a_directory_that_others_may_write_is_not_used() throws Exception {
    Files.setPosixFilePermissions(state.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    notOpened();
  }

  @Test
  void a_quarantine_that_is_a_link_or_a_file_is_not_used() throws Exception {
    var real = Files.createDirectory(state.resolveSibling("real"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(state, real);
    notOpened();
    Files.delete(state);
    Files.writeString(state, "");
    notOpened();
  }

  @Test
  void two_processes_cannot_work_with_one_quarantine() throws Exception {
    try (var _ = bench()) {
      assertThrows(IOException.class, () -> bench().close());
    }
  }
}
