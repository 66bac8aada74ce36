package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.RunningProcess;
import java.util.Comparator;
import java.util.List;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/// The running processes through OSHI, for the short-lived scan worker of systems that have no
/// [KernelProcesses]: with the start time in milliseconds, without a file id and without scripts.
public final class OshiProcesses {
  private OshiProcesses() {}

  /// All processes, by their number, with paths from the machine's real root.
  public static List<RunningProcess> running() {
    return new SystemInfo()
        .getOperatingSystem().getProcesses().stream()
            .map(OshiProcesses::seen)
            .sorted(Comparator.comparingLong(RunningProcess::pid))
            .toList();
  }

  private static RunningProcess seen(OSProcess process) {
    return new RunningProcess(
        process.getProcessID(),
        process.getStartTime(),
        uid(process),
        NioPaths.fromText(process.getPath()),
        null,
        List.of(),
        process.getName());
  }

  /// On Windows a user is no number.
  private static int uid(OSProcess process) {
    try {
      return Integer.parseUnsignedInt(process.getUserID());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
