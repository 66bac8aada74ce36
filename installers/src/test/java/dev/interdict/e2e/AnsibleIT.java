package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The roles of Ansible for real, from an empty system to a workstation that has joined, in a
/// Debian that a real systemd runs. Runs with `mvn -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class AnsibleIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"deb", "rpm"})
  void the_roles_set_up_change_and_leave_alone(String kind) throws Exception {
    var story = new BootedStory(folder, kind);
    Files.writeString(story.folder().resolve("kind"), kind);
    EmptyDebian.run(
        List.of(
            "cp",
            "-r",
            BootedStory.SOURCES.resolve("ansible").toString(),
            story.folder().resolve("ansible").toString()));
    var debian =
        EmptyDebian.with(
            "-ansible", "systemd-sysv", "dbus", "rpm", "dnf", "ansible-core", "python3-apt");
    var told = story.tell(debian, "ansible.sh");
    assertEquals(9, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
  }
}
