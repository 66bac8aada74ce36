package dev.interdict.agent.sources.linux;

import dev.interdict.agent.sources.Packed;
import dev.interdict.agent.sources.SourceFuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of the package managers of Linux distributions, and what lies beside them.
class LinuxFuzzTest {
  @TempDir Path root;

  @Test
  void records_of_dpkg() throws Exception {
    try (var in = LinuxFuzzTest.class.getResourceAsStream("/fixtures/dpkg/debian-12.txt")) {
      var real = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      SourceFuzz.below(root)
          .scans(
              "dpkg-status",
              new DpkgSource(),
              "var/lib/dpkg/status",
              "Package: curl\nStatus: install ok installed\nVersion: 7.88.1-10+deb12u5\n\n",
              real);
    }
  }

  @Test
  void records_of_apk() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "apk-installed",
            new ApkSource(),
            "lib/apk/db/installed",
            "P:claude-code\nV:2.1.328-r0\nA:x86_64\nF:usr/bin\nR:claude\n\nP:b\nV:1-r0\n");
  }

  @Test
  void records_of_pacman() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "pacman-desc",
            new PacmanSource(),
            "var/lib/pacman/local/x-1/desc",
            "%NAME%\nclaude-code\n\n%VERSION%\n2.1.328-1\n\n%ARCH%\nx86_64\n");
  }

  @Test
  void descriptions_of_snaps() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.file("var/lib/snapd/snaps/x_1.snap", "hsqs");
    fuzz.station().planting.link("snap/x/current", "1");
    fuzz.scans(
        "snap-yaml",
        new SnapSource(),
        "snap/x/1/meta/snap.yaml",
        "name: x\nversion: '1.0' # a\napps:\n  x: {command: bin/x}\n");
  }

  @Test
  void metadata_of_flatpaks() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var branch = "home/ada/.local/share/flatpak/app/a.b.C/x86_64/stable/";
    fuzz.station().planting.link(branch + "active", "0123");
    fuzz.scans(
        "flatpak-metadata",
        new FlatpakSource(),
        branch + "0123/metadata",
        "[Application]\nname=a.b.C\nruntime=x/x86_64/1\ncommand=c\n\n[Context]\nshared=ipc;\n");
  }

  @Test
  void desktop_files() throws Exception {
    SourceFuzz.below(root)
        .scans(
            "desktop-entry",
            new DesktopSource(),
            "home/ada/.local/share/applications/x.desktop",
            "[Desktop Entry]\n"
                + "Type=Application\n"
                + "Exec=env A=b \"/a b/c\" %U\n\n"
                + "[Desktop Action y]\n");
  }

  @Test
  void appimages() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var path = "home/ada/bin/x.AppImage";
    fuzz.station().planting.program(path);
    Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    fuzz.scans("appimage", new AppImageSource(), path, Packed.bytes("linux/updating.AppImage"));
  }

  @Test
  void name_of_the_distribution() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station()
        .planting
        .file("var/lib/dpkg/status", "Package: ab\nStatus: install ok installed\nVersion: 1\n");
    fuzz.scans(
        "os-release", new DpkgSource(), "etc/os-release", "NAME=\"Ubuntu\"\nID=\"ubuntu\"\n");
  }
}
