package dev.interdict.agent.platform.linux;

import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads the small files that the kernel makes up.
final class ProcFile {
  private static final int LIMIT = 4 << 20;

  private ProcFile() {}

  static byte[] read(Fd dir, String name) throws IOException {
    try (var file =
        Kernel.openat(dir, name.getBytes(StandardCharsets.US_ASCII), Kernel.O_RDONLY, 0)) {
      var out = new ByteArrayOutputStream();
      var buffer = new byte[8192];
      for (var n = Kernel.read(file, buffer); n > 0; n = Kernel.read(file, buffer)) {
        out.write(buffer, 0, n);
        if (out.size() > LIMIT) {
          throw new IOException("kernel file is longer than " + LIMIT + " bytes: " + name);
        }
      }
      return out.toByteArray();
    }
  }
}
