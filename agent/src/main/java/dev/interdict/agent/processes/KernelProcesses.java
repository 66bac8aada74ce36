package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import java.io.IOException;
import java.util.List;

/// The running processes of a Linux, out of the kernel's own record of each, for the short-lived
/// scan worker: who runs it, since when, its executable and the script that an interpreter was
/// started with.
///
/// A process that ends meanwhile is left out. One that this user may not look into has no
/// executable.
public final class KernelProcesses {
  private KernelProcesses() {}

  /// All processes, by their number, with paths from the machine's real root.
  ///
  /// @throws UnreadableException if the list cannot be had
  public static List<RunningProcess> running() throws UnreadableException {
    try {
      return ProcFolder.ofThisMachine().running();
    } catch (IOException e) {
      throw new UnreadableException(
          UnreadableException.Reason.IO, BytePath.ROOT, "the list of processes cannot be read");
    }
  }
}
