package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// That the look at a trace sees what it is there for, on lines as strace 6.1 writes them.
@EnabledOnOs(OS.LINUX)
class BreachesTest {
  private static final String GUARD =
      "10 execve(\"/usr/bin/env\", [\"java\", \"guard\"], 0x7ff) = 0";

  @TempDir private Path folder;

  private List<String> in(String... lines) throws Exception {
    var all = Stream.concat(Stream.of(GUARD), Stream.of(lines)).toList();
    return new Breaches(Path.of("/w/home"), Path.of("/w/state")).in(Strace.read(all));
  }

  private void assertBreach(String what, String... lines) throws Exception {
    var breaches = in(lines);
    assertEquals(1, breaches.size(), breaches::toString);
    assertTrue(breaches.getFirst().startsWith(what), breaches::toString);
  }

  @Test
  void acts_by_descriptor_and_one_name_are_none() throws Exception {
    assertEquals(
        List.of(),
        in(
            "10 openat2(7</w/home/lin>, \".npm/x\", {flags=O_RDONLY|O_DIRECTORY,"
                + " resolve=RESOLVE_NO_XDEV|RESOLVE_NO_SYMLINKS|RESOLVE_BENEATH}, 24) ="
                + " 8</w/home/lin/.npm/x>",
            "10 renameat2(8</w/home/lin/.npm>, \"a, (b\", 9</w/state/held>, \"00\","
                + " RENAME_NOREPLACE) = 0",
            "10 unlinkat(8</w/home/lin/.npm>, \"x\", 0) = 0",
            "10 openat(AT_FDCWD</>, \"/w/home/lin\", O_RDONLY|O_DIRECTORY) = 7</w/home/lin>",
            "10 bind(5<socket:[77]>, {sa_family=AF_UNIX, sun_path=\"/w/state/agent.sock\"}, 110) ="
                + " 0"));
  }

  @Test
  void a_path_below_a_home_is_one() throws Exception {
    assertBreach("by a path", "10 unlinkat(AT_FDCWD</>, \"/w/home/lin/x\", 0) = 0");
    assertBreach("by a path", "10 unlink(\"/w/home/lin/x\") = 0");
    assertBreach("by a path", "10 unlinkat(7</w/home/lin>, \"a/b\", 0 <unfinished ...>");
    assertBreach(
        "by a path",
        "10 renameat2(9</w/state/held>, \"00\", AT_FDCWD</>, \"/w/home/lin/x\", RENAME_NOREPLACE) ="
            + " 0");
  }

  @Test
  void what_would_follow_a_link_is_one() throws Exception {
    assertBreach(
        "a link would be followed", "10 openat(7</w/home/lin>, \".config\", O_RDONLY) = 8</etc>");
    assertBreach(
        "opened below a home without bounds",
        "10 openat2(7</w/home/lin>, \"x\", {flags=O_RDONLY, resolve=0}, 24) = 8</etc/x>");
  }

  @Test
  void what_another_account_does_with_its_own_rights_is_none() throws Exception {
    var worker =
        new String[] {
          "11 execve(\"/usr/bin/env\", [\"setpriv\", \"--\", \"java\", \"scan\"], 0x7ff) = 0",
          "10 <... vfork resumed>) = 11",
          "11 setresuid(990, 990, 990) = 0",
          "11 openat(AT_FDCWD</>, \"/w/home/lin/.npmrc\", O_RDONLY) = 4",
        };
    assertEquals(List.of(), in(worker));
    var root = worker.clone();
    root[2] = "11 setresuid(0, 0, 0) = 0";
    assertBreach("by a path", root);
  }

  @Test
  void a_thread_has_the_rights_of_who_began_it() throws Exception {
    assertEquals(
        List.of(),
        in(
            "11 execve(\"/usr/bin/env\", [\"java\", \"scan\"], 0x7ff) = 0",
            "11 setresuid(990, 990, 990) = 0",
            "12 openat(AT_FDCWD</>, \"/w/home/lin/.npmrc\", O_RDONLY) = 4",
            "11 clone3({flags=CLONE_VM|CLONE_FS, exit_signal=0} => {parent_tid=[12]}, 88) = 12"));
  }

  @Test
  void the_network_is_for_the_exchange_alone() throws Exception {
    var connects =
        "connect(5<TCPv6:[77]>, {sa_family=AF_INET6, sin6_port=htons(443)}, 28 <unfinished ...>";
    assertBreach("speaks to the network", "10 " + connects);
    assertEquals(
        List.of(),
        in("11 execve(\"/usr/bin/env\", [\"java\", \"sync\"], 0x7ff) = 0", "11 " + connects));
  }

  @Test
  void the_exchange_reads_neither_homes_nor_the_guards_folder() throws Exception {
    for (var file : List.of("/w/home/lin/.npmrc", "/w/state/device.key")) {
      assertBreach(
          "the exchange looks",
          "11 execve(\"/usr/bin/env\", [\"java\", \"sync\"], 0x7ff) = 0",
          "11 setresuid(990, 990, 990) = 0",
          "11 openat(AT_FDCWD</>, \"" + file + "\", O_RDONLY) = 4");
    }
  }

  @Test
  void a_program_that_others_may_write_is_not_for_root() throws Exception {
    var program = Files.writeString(folder.resolve("npm"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertBreach("root executes", "10 execve(\"" + program + "\", [\"npm\"], 0x7ff) = 0");
    assertBreach("root executes", "10 execve(\"npm\", [\"npm\"], 0x7ff) = 0");
  }

  @Test
  void a_library_that_was_unpacked_is_one() throws Exception {
    assertBreach(
        "a library unpacked",
        "10 openat(AT_FDCWD</>, \"/root/.cache/JNA/temp/jna123456789.tmp\", O_RDWR|O_CREAT|O_EXCL,"
            + " 0600) = 4");
  }
}
