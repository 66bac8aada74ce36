package dev.interdict.agent.platform.linux.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Facts of the running boot that trusted time is reckoned with.
public final class Boot {
  private static final int CLOCK_BOOTTIME = 7;

  private Boot() {}

  /// Time since boot, suspend included; no user or administrator can set this clock.
  public static Duration elapsed() throws IOException {
    return Duration.ofNanos(Kernel.clock(CLOCK_BOOTTIME));
  }

  /// The kernel's random name of this boot: boot-clock readings compare only within one.
  public static String id() throws IOException {
    try (var random = Kernel.openRoot("/proc/sys/kernel/random".getBytes(StandardCharsets.UTF_8));
        var file =
            Kernel.openat(random, "boot_id".getBytes(StandardCharsets.UTF_8), Kernel.O_RDONLY, 0)) {
      var buffer = new byte[64];
      var length = Kernel.read(file, buffer);
      return new String(buffer, 0, length, StandardCharsets.US_ASCII).strip();
    }
  }
}
