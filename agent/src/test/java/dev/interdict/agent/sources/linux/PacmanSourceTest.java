package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PacmanSourceTest {
  private static final String DESC = "var/lib/pacman/local/claude-code-2.1.328-1/desc";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new PacmanSource());
  }

  @Test
  void captured_database_gives_its_package() {
    station.planting.fixture("linux/pacman.txt", "");
    assertEquals(
        List.of("pkg:alpm/arch/claude-code@2.1.328-1?arch=x86_64"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void record_tells_name_and_version_and_the_folder_does_not() {
    station.planting.file("etc/os-release", "ID=manjaro\n");
    station.planting.file(DESC, "%NAME%\nclaude-color\n\n%VERSION%\n1:3-1\n\n%NAME%\nother\n");
    assertEquals(List.of("pkg:alpm/manjaro/claude-color@1:3-1"), Workstation.texts(seen()));
  }

  @Test
  void description_cannot_pose_as_a_name() {
    station.planting.file(DESC, "%DESC%\nclaude-code\n\n%VERSION%\n1\n");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }
}
