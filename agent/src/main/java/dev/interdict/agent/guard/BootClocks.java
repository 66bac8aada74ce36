package dev.interdict.agent.guard;

import dev.interdict.agent.platform.linux.LinuxBootClock;
import dev.interdict.agent.platform.macos.kernel.MacBootClock;
import dev.interdict.agent.platform.windows.kernel.WindowsBootClock;
import dev.interdict.agent.state.ThisDevice;
import dev.interdict.agent.time.BootClock;

/// The clock since boot of the system that this runs on.
public final class BootClocks {
  private BootClocks() {}

  public static BootClock ofThisSystem() {
    return switch (ThisDevice.system()) {
      case LINUX -> new LinuxBootClock();
      case MACOS -> new MacBootClock();
      case WINDOWS -> new WindowsBootClock();
    };
  }
}
