package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.time.BootClock;
import java.time.Duration;
import java.time.Instant;

/// Milliseconds since the machine started, suspended time included (GetTickCount64).
///
/// Windows gives a boot no name of its own. The start of the process that has number 4, System, is
/// one: it is set once at each boot. Where it cannot be asked the clock has no name, and each start
/// of the guard counts as a boot, which only makes less of the time trusted. Thread-safe.
public final class WindowsBootClock implements BootClock {
  private static final long SYSTEM = 4;

  private final String unnamed = "guard-" + Instant.now().toEpochMilli();

  @Override
  public Duration sinceBoot() {
    return Duration.ofMillis(Kernel32.GetTickCount64());
  }

  @Override
  public String bootId() {
    return ProcessHandle.of(SYSTEM)
        .flatMap(process -> process.info().startInstant())
        .map(start -> "boot-" + start.toEpochMilli())
        .orElse(unnamed);
  }
}
