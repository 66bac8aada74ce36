package dev.interdict.agent.platform;

import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.List;

/// Lists all processes of the machine, with executables as paths from its real root.
@FunctionalInterface
public interface ProcessTable {
  /// @throws UnreadableException if there is no telling
  List<RunningProcess> running() throws UnreadableException;
}
