package dev.interdict.agent.platform.linux;

import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What the kernel lets this process do. Spec: capabilities(7), proc_pid_status(5).
final class Rights {
  private static final String EFFECTIVE = "CapEff:";

  /// `CAP_DAC_OVERRIDE` or `CAP_DAC_READ_SEARCH`, by their numbers.
  private static final long READS_ALL = 1L << 1 | 1L << 2;

  private Rights() {}

  /// Whether it may enter and read everybody's folders: as root, or as the scan, which is an
  /// account of its own with that right alone.
  static boolean readsAll() throws IOException {
    try (var self = Kernel.openRoot("/proc/self".getBytes(StandardCharsets.US_ASCII))) {
      return readsAll(new String(ProcFile.read(self, "status"), StandardCharsets.ISO_8859_1));
    }
  }

  static boolean readsAll(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(EFFECTIVE))
        .anyMatch(line ->
            (Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16) & READS_ALL)
                != 0);
  }
}
