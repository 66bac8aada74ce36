package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
  void captured_status_gives_what_is_there_and_not_what_left_its_settings() {
    station.planting.fixture("dpkg/debian-12.txt", "");
    assertEquals(
        List.of(
            "pkg:deb/debian/adduser@3.134?arch=all",
            "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64",
            "pkg:deb/debian/half-there@1.0-1?arch=amd64",
            "pkg:deb/debian/held-back@1.0-1?arch=amd64"),
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

  @Test
  void vendor_and_architecture_stand_in_the_package_url() {
    station.planting.file("usr/lib/os-release", "NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n");
    station.planting.link("etc/os-release", "../usr/lib/os-release");
    station.planting.file(
        "var/lib/dpkg/status",
        """
        Package: claude-code
        Status: install ok installed
        Architecture: amd64
        Version: 2.1.328

        Package: claude-code
        Status: install ok installed
        Architecture: i386
        Version: 2.1.328
        """);
    assertEquals(
        List.of(
            "pkg:deb/ubuntu/claude-code@2.1.328?arch=amd64",
            "pkg:deb/ubuntu/claude-code@2.1.328?arch=i386"),
        Workstation.texts(seen()));
  }

  @Test
  void package_left_half_way_counts_since_its_programs_are_there() {
    for (var state : List.of("half-installed", "unpacked", "half-configured")) {
      station.planting.file(
          "var/lib/dpkg/status",
          "Package: claude-code\nStatus: install reinstreq " + state + "\nVersion: 2.1\n");
      assertEquals(List.of("pkg:deb/debian/claude-code@2.1"), Workstation.texts(seen()), state);
      assertEquals("half installed", seen().items().getFirst().origin());
    }
  }

  @Test
  void package_that_waits_for_triggers_is_installed() {
    station.planting.file(
        "var/lib/dpkg/status",
        "Package: claude-code\nStatus: install ok triggers-pending\nVersion: 2.1\n");
    assertEquals(List.of("pkg:deb/debian/claude-code@2.1"), Workstation.texts(seen()));
    assertNull(seen().items().getFirst().origin());
  }

  @Test
  void what_dpkg_noted_last_beats_the_status() {
    station.planting.file(
        "var/lib/dpkg/status",
        """
        Package: claude-code
        Status: install ok installed
        Architecture: amd64
        Version: 2.1

        Package: hello
        Status: install ok not-installed
        Architecture: amd64
        """);
    station.planting.file(
        "var/lib/dpkg/updates/0001",
        "Package: hello\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3\n");
    station.planting.file(
        "var/lib/dpkg/updates/0002",
        "Package: claude-code\nStatus: deinstall ok config-files\nArchitecture: amd64\n");
    station.planting.file("var/lib/dpkg/updates/tmp.i", "Package: half");
    assertEquals(List.of("pkg:deb/debian/hello@3?arch=amd64"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
  }
}
