package dev.interdict.agent.time;

import java.time.Duration;

/// The kernel's clock since boot, which counts suspended time and which no user can set. Seam.
public interface BootClock {
  /// Names the current boot; another value after each start of the machine.
  String bootId();

  /// Time since boot.
  Duration sinceBoot();
}
