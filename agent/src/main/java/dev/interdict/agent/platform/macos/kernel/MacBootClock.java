package dev.interdict.agent.platform.macos.kernel;

import com.sun.jna.Pointer;
import dev.interdict.agent.time.BootClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// CLOCK_MONOTONIC_RAW, which counts suspended time on macOS, and the kernel's own name of the boot
/// (`kern.bootsessionuuid`). Thread-safe.
public final class MacBootClock implements BootClock {
  private static final int CLOCK_MONOTONIC_RAW = 4;
  private static final byte[] NAME = "kern.bootsessionuuid\0".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Duration sinceBoot() {
    return Duration.ofNanos(LibSystem.clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW));
  }

  @Override
  public String bootId() {
    var into = new byte[64];
    var length = new long[] {into.length};
    if (LibSystem.sysctlbyname(NAME, into, length, Pointer.NULL, 0) != 0 || length[0] < 1) {
      throw new IllegalStateException("the kernel does not name this boot");
    }
    return new String(into, 0, (int) length[0] - 1, StandardCharsets.US_ASCII);
  }
}
