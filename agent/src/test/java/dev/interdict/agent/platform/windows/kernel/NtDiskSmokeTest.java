package dev.interdict.agent.platform.windows.kernel;

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

/// The native calls on a real Windows, which the build's matrix has.
@EnabledOnOs(OS.WINDOWS)
class NtDiskSmokeTest {
  private @TempDir Path folder;
  private final NtDisk disk = new NtDisk();

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_file_is_moved_by_its_handle_and_never_over_another() throws Exception {
    Files.writeString(folder.resolve("a"), "content");
    Files.writeString(folder.resolve("b"), "other");
    try (var opened = disk.root(folder)) {
      var before = disk.look(opened, name("a"));
      var occupied =
          assertThrows(DiskException.class, () -> disk.move(opened, name("a"), opened, name("b")));
      assertEquals(Trouble.OCCUPIED, occupied.trouble());
      disk.move(opened, name("a"), opened, name("c"));
      assertEquals(before.id(), disk.look(opened, name("C")).id());
      assertEquals(before.id(), FileNumbers.of(folder.resolve("c")));
      disk.remove(opened, name("c"));
      assertEquals(1, disk.list(opened, 10).size());
    }
  }

  @Test
  void a_junction_is_a_link_and_is_not_entered() throws Exception {
    Files.createDirectory(folder.resolve("target"));
    var made =
        new ProcessBuilder("cmd", "/c", "mklink", "/J", "j", "target")
            .directory(folder.toFile())
            .start()
            .waitFor();
    assertEquals(0, made);
    try (var opened = disk.root(folder)) {
      assertEquals(FileKind.LINK, disk.look(opened, name("j")).kind());
      var refused = assertThrows(DiskException.class, () -> disk.enter(opened, name("j")));
      assertEquals(Trouble.LINK, refused.trouble());
      assertTrue(disk.target(opened, name("j")).length > 0);
    }
  }

  @Test
  void what_is_being_hashed_is_not_moved() throws Exception {
    Files.writeString(folder.resolve("a"), "content");
    try (var opened = disk.root(folder);
        var _ = disk.open(opened, name("a"))) {
      var refused =
          assertThrows(DiskException.class, () -> disk.move(opened, name("a"), opened, name("b")));
      assertEquals(Trouble.IN_USE, refused.trouble());
    }
  }

  @Test
  void a_process_is_known_by_its_image_and_ended() throws Exception {
    var ping = Path.of(SystemFolder.path(), "System32", "ping.exe");
    var copy = Files.copy(ping, folder.resolve("p.exe"));
    var process = new ProcessBuilder(copy.toString(), "-n", "60", "127.0.0.1").start();
    try {
      var programs = new WindowsPrograms(SystemFolder.path());
      try (var held = Objects.requireNonNull(programs.hold(process.pid()))) {
        var file = Objects.requireNonNull(FileNumbers.of(copy));
        assertTrue(held.runs(Set.of(file)));
        held.end();
        assertTrue(held.ended(Duration.ofSeconds(10)));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void redirection_guard_can_be_asked_for() {
    assertEquals(RedirectionGuard.turnOn(), RedirectionGuard.isOn());
  }
}
