package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/// The running processes through OSHI, for the short-lived scan worker. On Linux the executable,
/// its file, the script and the start time come from the kernel's own record of each process;
/// elsewhere from OSHI, with the start time in milliseconds and without a file id.
///
/// A process that ends meanwhile is left out. One that this user may not look into has no
/// executable.
public final class OshiProcesses {
  private OshiProcesses() {}

  /// All processes, by their number, with paths from the machine's real root.
  ///
  /// @throws UnreadableException if the list cannot be had
  public static List<RunningProcess> running() throws UnreadableException {
    try {
      var proc = ProcFolder.ofThisMachine();
      var processes = new ArrayList<RunningProcess>();
      for (var process : new SystemInfo().getOperatingSystem().getProcesses()) {
        var seen = proc == null ? elsewhere(process) : onLinux(proc, process);
        if (seen != null) {
          processes.add(seen);
        }
      }
      processes.sort(Comparator.comparingLong(RunningProcess::pid));
      return processes;
    } catch (IOException e) {
      throw new UnreadableException(
          UnreadableException.Reason.IO, BytePath.ROOT, "the list of processes cannot be read");
    }
  }

  private static @Nullable RunningProcess onLinux(ProcFolder proc, OSProcess process) {
    var pid = process.getProcessID();
    var startTicks = proc.startTicks(pid);
    if (startTicks < 0) {
      return null;
    }
    var executable = proc.executable(pid);
    return new RunningProcess(
        pid,
        startTicks,
        uid(process),
        executable.path(),
        executable.id(),
        executable.path() == null ? List.of() : proc.scripts(pid, executable.path()),
        process.getName(),
        null,
        executable.gone());
  }

  private static RunningProcess elsewhere(OSProcess process) {
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
