package dev.interdict.agent.sources.linux;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of the package managers of Linux distributions.
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
}
