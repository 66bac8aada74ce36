package dev.interdict.agent.platform.linux;

import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.time.BootClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// CLOCK_BOOTTIME and the kernel's random name of the boot. Thread-safe.
public final class LinuxBootClock implements BootClock {
  private static final int CLOCK_BOOTTIME = 7;

  @Override
  public Duration sinceBoot() {
    try {
      return Duration.ofNanos(Kernel.clock(CLOCK_BOOTTIME));
    } catch (KernelException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String bootId() {
    try (var random =
        Kernel.openRoot("/proc/sys/kernel/random".getBytes(StandardCharsets.US_ASCII))) {
      return new String(ProcFile.read(random, "boot_id"), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
