package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packages out of a signed repository, in a Debian that a real systemd runs: units under their
/// full hardening, from one version to the next and back. Runs with `mvn -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class UpgradeIT {
  private static final Path SOURCES = Path.of("src").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void what_was_taken_away_survives_an_upgrade_and_the_way_back() throws Exception {
    var told = story("deb", "upgrade.sh");
    assertEquals(9, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
  }

  @Test
  void the_same_holds_for_the_rpms() throws Exception {
    for (var needed : List.of("rpmbuild", "rpmsign", "createrepo_c")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", needed)), "needs " + needed);
    }
    var told = story("rpm", "rpm.sh");
    assertEquals(8, told.lines().filter(line -> line.startsWith("ok: ")).count(), told);
    // The account's own folder and its settings are named in README.
    assertTrue(told.contains("left: /etc/interdict-agent"), told);
  }

  private String story(String kind, String script) throws Exception {
    var packages = EmptyDebian.packages();
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "needs gpg");
    var debian = EmptyDebian.with("-systemd", "systemd-sysv", "dbus", "rpm", "dnf");
    var story = Files.createDirectory(folder.resolve("story"));
    EmptyDebian.copy("older-" + kind + ".sh", story);
    EmptyDebian.copy("telling.sh", story);
    Files.move(EmptyDebian.copy(script, story), story.resolve("story.sh"));
    var made =
        EmptyDebian.run(
            List.of(
                "sh",
                EmptyDebian.copy("repository.sh", folder).toString(),
                packages.toAbsolutePath().toString(),
                story.toString(),
                SOURCES.toString(),
                kind));
    var booted = debian.play(folder, "boot.sh", List.of("--cgroup"));
    var out = story.resolve("out");
    // A console's end may be cut in the middle of a letter.
    var written = Files.exists(out) ? Files.readAllBytes(out) : new byte[0];
    return made + booted + new String(written, StandardCharsets.UTF_8);
  }
}
