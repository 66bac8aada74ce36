package dev.interdict.agent.platform.macos.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The native calls on a real Mac, which the build's matrix has.
@EnabledOnOs(OS.MAC)
class MacDiskSmokeTest {
  private @TempDir Path folder;
  private final MacDisk disk = new MacDisk();

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_file_is_moved_and_never_over_another() throws Exception {
    Files.writeString(folder.resolve("a"), "content");
    Files.writeString(folder.resolve("b"), "other");
    try (var opened = disk.root(folder.toRealPath())) {
      var before = disk.look(opened, name("a"));
      var occupied =
          assertThrows(DiskException.class, () -> disk.move(opened, name("a"), opened, name("b")));
      assertEquals(Trouble.OCCUPIED, occupied.trouble());
      disk.move(opened, name("a"), opened, name("c"));
      assertEquals(before.id(), disk.look(opened, name("c")).id());
      assertEquals(2, disk.list(opened, 10).size());
      assertEquals(2, disk.list(opened, 10).size());
    }
  }

  @Test
  void a_link_is_a_link_and_is_not_entered() throws Exception {
    Files.createSymbolicLink(folder.resolve("l"), Path.of("/etc"));
    try (var opened = disk.root(folder.toRealPath())) {
      assertEquals(FileKind.LINK, disk.look(opened, name("l")).kind());
      var refused = assertThrows(DiskException.class, () -> disk.enter(opened, name("l")));
      assertEquals(Trouble.LINK, refused.trouble());
    }
  }

  @Test
  void what_is_made_is_ours_alone() throws Exception {
    try (var opened = disk.root(folder.toRealPath())) {
      disk.makeFolder(opened, name("made")).close();
      disk.makeFile(opened, name("file")).close();
      assertEquals(0700, disk.look(opened, name("made")).mode());
      assertEquals(0600, disk.look(opened, name("file")).mode());
      assertTrue(disk.free(opened) > 0);
    }
  }

  @Test
  void a_process_is_known_by_its_file_and_ended() throws Exception {
    var process = new ProcessBuilder("/bin/sleep", "60").start();
    try {
      var programs = new MacPrograms();
      try (var held = Objects.requireNonNull(programs.hold(process.pid()))) {
        var file = Objects.requireNonNull(held.process().executableId());
        assertTrue(held.runs(Set.of(file)));
        held.end();
        assertTrue(held.ended(Duration.ofSeconds(10)));
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
