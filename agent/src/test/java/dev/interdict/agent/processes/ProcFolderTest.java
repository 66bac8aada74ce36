package dev.interdict.agent.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "paths of Linux")
final class ProcFolderTest {
  private static final String MOUNTS =
      """
      22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      23 22 0:21 / /proc rw,nosuid - proc proc rw
      90 22 0:50 / /home/ada/re\\040mote rw shared:2 - fuse.sshfs ada@host: rw
      91 22 0:51 / /net rw - nfs4 server:/ rw
      broken
      """;

  @TempDir Path root;

  @Test
  void start_time_is_counted_from_behind_the_name() {
    var rest = " S 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 8912 1 2";
    assertEquals(8912, ProcFolder.startTicks("7 (node)" + rest));
    assertEquals(8912, ProcFolder.startTicks("7 (a) R 1 (x))" + rest));
    assertEquals(-1, ProcFolder.startTicks("7 (node) S 1"));
    assertEquals(-1, ProcFolder.startTicks(""));
  }

  @Test
  void name_and_user_are_the_kernels() {
    assertEquals("a) R 1 (x", ProcFolder.name("7 (a) R 1 (x) S 1"));
    assertEquals("\u9489", ProcFolder.name("7 (\u00e9\u0092\u0089) S 1"));
    assertEquals("", ProcFolder.name("broken"));
    assertEquals(7, ProcFolder.effectiveUid("Name:\tUid:\t1\t1\nUid:\t1000\t7\t7\t7\nGid:\t1\n"));
    assertEquals(-2, ProcFolder.effectiveUid("Uid:\t0\t4294967294\t0\t0\n"));
    assertEquals(-1, ProcFolder.effectiveUid("Name:\tx\n"));
  }

  @Test
  void mounts_that_may_never_answer_are_known() {
    var mounts = Mounts.parse(MOUNTS);
    assertEquals(List.of(Path.of("/home/ada/re mote"), Path.of("/net")), mounts.silent());
    assertFalse(mounts.answers(Path.of("/net/x/claude")));
    assertTrue(mounts.answers(Path.of("/network")));
  }

  @Test
  void a_mount_is_known_whatever_its_user_called_it() {
    var odd = Mounts.parse("92 22 0:52 / /home/ada/a\rb\u00ff rw - fuse.sshfs x: rw\n");
    assertFalse(odd.answers(Path.of(URI.create("file:///home/ada/a%0Db%FF/claude"))));
    assertTrue(odd.answers(Path.of("/home/ada/a")));
    assertEquals(List.of(), Mounts.parse("93 22 0:53 / /a\0b rw - fuse.x x: rw\n").silent());
  }

  @Test
  void links_are_resolved_hop_by_hop_and_never_into_a_silent_mount() throws IOException {
    var real = root.toRealPath();
    var file = Files.writeString(real.resolve("cli.js"), "");
    Files.createDirectories(real.resolve("bin"));
    Files.createSymbolicLink(real.resolve("bin/claude"), Path.of("../cli.js"));
    Files.createSymbolicLink(real.resolve("again"), Path.of("bin/claude"));
    Files.createSymbolicLink(real.resolve("circle"), Path.of("circle"));
    var mounts = new Mounts(List.of());
    assertEquals(file, mounts.real(real.resolve("again")));
    assertNull(mounts.real(real.resolve("circle")));
    assertNull(new Mounts(List.of(file)).real(real.resolve("again")));
  }

  @Test
  void path_keeps_its_bytes() {
    assertEquals("/a/b%25c", NioPaths.bytePath(Path.of("/a/b%c")).toString());
    assertNull(NioPaths.fromText(""));
    assertNull(NioPaths.fromText("/a/../b"));
  }
}
