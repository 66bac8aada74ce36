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

final class DpkgSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new DpkgSource());
  }

  @Test
  void captured_status_gives_what_is_installed_and_not_what_left_its_settings() {
    station.planting.fixture("dpkg/debian-12.txt", "");
    assertEquals(
        List.of(
            "pkg:deb/debian/adduser@3.134",
            "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1",
            "pkg:deb/debian/held-back@1.0-1"),
        Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void slim_image_has_one_file_for_each_package() {
    station.planting.file(
        "var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12.4+deb12u5\n");
    station.planting.file("var/lib/dpkg/status.d/base.md5sums", "0123  usr/share/x\n");
    assertEquals(List.of("pkg:deb/debian/base-files@12.4%2Bdeb12u5"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void description_cannot_pose_as_a_field() {
    station.planting.file(
        "var/lib/dpkg/status",
        """
        Package: harmless
        Status: install ok installed
        Version: 1.0
        Description: something
         Package: claude-code
         .
         Status: install ok installed
        """);
    assertEquals(List.of("pkg:deb/debian/harmless@1.0"), Workstation.texts(seen()));
  }

  @Test
  void paragraph_without_a_valid_name_is_a_gap() {
    station.planting.file(
        "var/lib/dpkg/status",
        "Package: ../../x\nStatus: install ok installed\n\nStatus: install ok installed\n");
    assertEquals(List.of(), seen().items());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED),
        seen().gaps().stream().map(Gap::reason).toList());
  }
}
