package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LinuxMachineTest {
  private Sandbox sandbox;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    sandbox = Sandbox.in(root);
  }

  private List<Home> homes() throws IOException {
    try (var machine = sandbox.machine()) {
      return machine.homes().stream().map(Machine.HomeTree::home).toList();
    }
  }

  private List<Reason> gaps() throws IOException {
    try (var machine = sandbox.machine()) {
      return machine.unopened().stream().map(Gap::reason).toList();
    }
  }

  @Test
  void only_people_with_an_existing_home_are_listed() throws Exception {
    var alice = sandbox.user("alice");
    var gone = sandbox.user("gone");
    Files.delete(sandbox.at("/home/gone"));

    assertEquals(List.of(alice), homes());
    assertEquals(List.of(), gaps());
    assertNotEquals(alice, gone);
  }

  @Test
  void a_home_of_somebody_else_is_a_gap() throws Exception {
    var uid = Kernel.effectiveUid();
    Files.createDirectories(sandbox.at("/home/mallory"));
    sandbox.write(
        "/etc/passwd", "mallory:x:%d:0::/home/mallory:/bin/sh\n".formatted(uid == 0 ? 4711 : 0));

    assertEquals(List.of(), homes());
    assertEquals(List.of(Reason.DENIED), gaps());
  }

  @Test
  void a_home_that_is_a_link_is_a_gap() throws Exception {
    sandbox.user("alice");
    Files.delete(sandbox.at("/home/alice"));
    sandbox.write("/etc/shadow", "");
    sandbox.link("/home/alice", "/etc");

    assertEquals(List.of(), homes());
    assertEquals(List.of(Reason.LINK_IN_PATH), gaps());
  }

  @Test
  void homes_that_passwd_does_not_list_belong_to_their_owner() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a file to another user needs root");
    Files.createDirectories(sandbox.at("/home/remote"));
    Files.setAttribute(sandbox.at("/home/remote"), "unix:uid", 70123);

    assertEquals(List.of(new Home("remote", 70123, BytePath.parse("/home/remote"))), homes());
  }

  @Test
  void homes_of_a_domain_lie_one_folder_deeper() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a file to another user needs root");
    Files.createDirectories(sandbox.at("/home/example.com/remote"));
    Files.setAttribute(sandbox.at("/home/example.com/remote"), "unix:uid", 70123);

    assertEquals(
        List.of(new Home("remote", 70123, BytePath.parse("/home/example.com/remote"))), homes());
  }

  @Test
  void homes_of_another_system_s_tree_lie_in_users_and_belong_to_whoever_owns_them()
      throws Exception {
    for (var name : List.of("ada", "Public", "Default", "Default User", "All Users", "Shared")) {
      Files.createDirectories(sandbox.at("/Users/" + name));
    }
    sandbox.write("/Users/.localized", "");
    sandbox.link("/Users/bob", "ada");

    var uid = Kernel.effectiveUid();
    assertEquals(List.of(new Home("ada", uid, BytePath.parse("/Users/ada"))), homes());
    assertEquals(List.of(), gaps());
  }

  @Test
  void a_large_number_is_a_person_too() {
    var passwd = "big:x:3000000000:1::/home/big:/bin/sh\nnone:x:4294967295:1::/home/x:/bin/sh\n";

    assertEquals(
        List.of(new Home("big", (int) 3_000_000_000L, BytePath.parse("/home/big"))),
        Passwd.homes(passwd.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void passwd_is_read_as_bytes_and_bad_lines_are_left_out() {
    var passwd =
        "root:x:0:0:root:/root:/bin/sh\n"
            + "daemon:x:1:1::/usr/sbin:/bin/false\n"
            + "nobody:x:65534:65534::/nonexistent:/bin/false\n"
            + "climber:x:1001:1001::/home/../etc:/bin/sh\n"
            + "twice:x:1002:1002::/root:/bin/sh\n"
            + "+::::::\n"
            + "caf\u00e9:x:1000:1000::/home/caf\u00e9:/bin/sh\n";

    assertEquals(
        List.of("/root", "/home/caf%E9"),
        Passwd.homes(passwd.getBytes(StandardCharsets.ISO_8859_1)).stream()
            .map(home -> home.path().toString())
            .toList());
  }

  @Test
  void mounts_of_local_disks_are_told_from_others() {
    var mounts =
        Mounts.parse(
            """
            22 1 254:0 / / rw - ext4 /dev/vda rw
            40 22 0:30 / /home rw shared:1 - xfs /dev/b rw
            41 22 0:31 / /mnt/a\\040b rw - nfs4 server:/x rw
            42 40 0:32 / /home/u rw - fuse.sshfs x rw
            """
                .getBytes(StandardCharsets.UTF_8));

    assertEquals(
        List.of(true, false, false, false),
        List.of("/home", "/mnt/a b", "/home/u", "/other").stream()
            .map(path -> mounts.local(path.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
