package dev.interdict.agent.platform.linux.desktop.disturbance;

import dev.interdict.agent.platform.linux.desktop.Bus;
import java.nio.file.Path;
import java.util.Map;

/// What a disturbance may look at.
///
/// @param environment of the session, which says where its display is
/// @param proc where the kernel tells of processes and sound cards, `/proc`
public record Session(Bus bus, Map<String, String> environment, Path proc) {
  public Session {
    environment = Map.copyOf(environment);
  }

  /// The session on `bus`, on this machine.
  public Session(Bus bus, Map<String, String> environment) {
    this(bus, environment, Path.of("/proc"));
  }
}
