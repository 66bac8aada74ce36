package dev.interdict.agent.guard;

import dev.interdict.agent.platform.linux.kernel.Datagram;
import dev.interdict.service.Pulse;
import dev.interdict.service.ServiceManager;

/// The guard as a service: says when it is ready and when it stops, and that its loop goes on.
/// Where nobody started it as a service it does nothing.
final class Service implements AutoCloseable {
  /// Two beats may get lost.
  private static final int BEATS = 3;

  private final ServiceManager manager =
      ServiceManager.of(System.getenv(), ProcessHandle.current().pid(), Datagram::send);
  private final Pulse pulse = new Pulse(System::nanoTime);

  /// What hears how the loop goes on.
  Pulse pulse() {
    return pulse;
  }

  /// All parts are there; what was interrupted before is finished.
  void begin() {
    if (manager == ServiceManager.NONE) {
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stopping").unstarted(manager::stopping));
    manager.ready("watching");
    var watchdog = manager.watchdog();
    if (watchdog != null) {
      pulse.start(watchdog.dividedBy(BEATS), manager::goesOn);
    }
  }

  @Override
  public void close() {
    pulse.close();
  }
}
