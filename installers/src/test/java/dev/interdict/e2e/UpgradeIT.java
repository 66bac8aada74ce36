package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.support.Unpacked;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packages out of a signed repository, in a Debian that a real systemd runs: units under their
/// full hardening, from one version to the next and back, and to another enrolment. Runs with `mvn
/// -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class UpgradeIT {
  @TempDir private Path folder;

  @Test
  void what_was_taken_away_survives_an_upgrade_and_the_way_back() throws Exception {
    var story = new BootedStory(folder, "deb");
    var told = story.tell(debian(), "upgrade.sh");
    assertEquals(11, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
    assertEquals(List.of("/var/lib/interdict"), Left.in(told), told);
    var bundle = Unpacked.of(story.folder().resolve("bundle.zip"));
    var journal = Objects.requireNonNull(bundle.get("log.txt"), bundle.keySet()::toString);
    assertTrue(journal.contains("claude-code"), journal);
    assertFalse(journal.contains("/home/lin/"), journal);
  }

  @Test
  void the_same_holds_for_the_rpms() throws Exception {
    var told = new BootedStory(folder, "rpm").tell(debian(), "rpm.sh");
    assertEquals(9, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
    // Settings and state, which rpm knows no purge for: README names both.
    assertEquals(
        List.of("/etc/interdict-agent", "/var/lib/interdict", "/var/lib/interdict-agent"),
        Left.in(told),
        told);
  }

  private static EmptyDebian debian() throws Exception {
    return EmptyDebian.with("-systemd", "systemd-sysv", "dbus", "rpm", "dnf");
  }
}
