package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The packages in an empty Debian without systemd. Runs with `mvn -Pdist verify` as root.
@EnabledOnOs(OS.LINUX)
class PackagesIT {
  @TempDir private Path folder;

  @Test
  void from_an_empty_system_to_a_tool_that_is_gone_and_back_and_to_nothing_left() throws Exception {
    var packages = EmptyDebian.packages();
    assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "needs root");
    var link = Files.createSymbolicLink(folder.resolve("packages"), packages.toAbsolutePath());
    EmptyDebian.copy("story.sh", folder);
    EmptyDebian.copy("telling.sh", folder);
    var told = EmptyDebian.with("").play(folder, "change-root.sh", List.of());
    Files.delete(link);
    var oks = told.lines().filter(line -> line.startsWith("ok: ")).toList();
    assertEquals(10, oks.size(), told);
    // Keys, signed lists and reports are nobody's to delete but the company's; postrm says so.
    assertEquals(List.of("/var/lib/interdict"), Left.in(told), told);
    assertTrue(told.endsWith("accounts:\n3\n"), told);
  }
}
