package dev.interdict.agent.platform.linux;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Pidfd;
import dev.interdict.policy.ProtectedSoftware;
import dev.interdict.policy.Subject;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Ends the processes of given program files: the kernel's own word on which file a process
/// executes decides, never a name. A process is held by descriptor before it is looked at again, so
/// that a recycled number cannot bring an innocent one to harm.
///
/// A script's interpreter is ended for the script it was started with. No process group, session or
/// cgroup is signalled: they hold innocent programs.
public final class Stopping {
  private static final int SWEEPS = 5;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int KILL_MILLISECONDS = 2_000;

  private final LinuxProcesses processes;
  private final Set<FileId> needed;

  /// @throws IOException if the programs that the machine needs cannot be told
  public Stopping(LinuxProcesses processes) throws IOException {
    this.processes = processes;
    this.needed = NeededPrograms.ids();
  }

  /// Asks each process to end, ends those that have not within `grace`, and looks again until there
  /// are none, at most five times.
  public Outcome stop(Set<FileId> files, Duration grace) {
    try {
      var spared = spared();
      for (var sweep = 0; sweep < SWEEPS; sweep++) {
        var found = matching(files, spared);
        if (found.isEmpty()) {
          return sweep == 0 ? new Outcome.AlreadyDone() : new Outcome.Done();
        }
        sweep(found, files, sweep == 0 ? grace : Duration.ZERO);
      }
      return matching(files, spared).isEmpty()
          ? new Outcome.Done()
          : new Outcome.Refused(Refusal.STILL_RUNNING, "it runs again after " + SWEEPS + " sweeps");
    } catch (KernelException e) {
      var denied = e.errno() == Errno.EPERM || e.errno() == Errno.EACCES;
      return new Outcome.Failed(
          denied ? ErrorClass.ACCESS_DENIED : ErrorClass.OTHER, String.valueOf(e.getMessage()));
    } catch (IOException | UnreadableException e) {
      return new Outcome.Failed(ErrorClass.OTHER, String.valueOf(e.getMessage()));
    }
  }

  private List<RunningProcess> matching(Set<FileId> files, Set<Long> spared)
      throws UnreadableException {
    if (files.isEmpty()) {
      return List.of();
    }
    return processes.running().stream()
        .filter(process -> !spared.contains(process.pid()) && matches(process, files))
        .toList();
  }

  private boolean matches(RunningProcess process, Set<FileId> files) {
    var executable = process.executableId();
    if (executable != null && files.contains(executable)) {
      return !needed.contains(executable) && !protectedPath(process);
    }
    return process.scripts().stream().anyMatch(script -> files.contains(script.id()));
  }

  private static boolean protectedPath(RunningProcess process) {
    var path = process.executable();
    return path != null
        && ProtectedSoftware.protects(Subject.OfProgram.at(path.toString())).isPresent();
  }

  /// Init, ourselves and those who started us.
  private Set<Long> spared() throws IOException {
    var spared = new HashSet<>(Set.of(1L));
    for (var pid = ProcessHandle.current().pid(); pid > 1 && spared.add(pid); ) {
      pid = processes.parent(pid);
    }
    return spared;
  }

  private record Victim(RunningProcess process, Pidfd pidfd) {}

  private void sweep(List<RunningProcess> found, Set<FileId> files, Duration grace)
      throws IOException {
    var victims = new ArrayList<Victim>();
    try {
      for (var process : found) {
        hold(process, files, victims);
      }
      if (grace.isPositive()) {
        signal(victims, SIGTERM);
        await(victims, grace.toMillis());
      }
      signal(victims, SIGKILL);
      await(victims, KILL_MILLISECONDS);
    } finally {
      victims.forEach(victim -> victim.pidfd().close());
    }
  }

  /// The descriptor first, then the look: what is seen now is what the descriptor stands for.
  private void hold(RunningProcess process, Set<FileId> files, List<Victim> victims)
      throws IOException {
    Pidfd pidfd;
    try {
      pidfd = Pidfd.open(process.pid());
    } catch (KernelException e) {
      if (e.errno() == Errno.ESRCH) {
        return;
      }
      throw e;
    }
    var now = processes.find(process.pid());
    if (now != null && now.startTicks() == process.startTicks() && matches(now, files)) {
      victims.add(new Victim(now, pidfd));
    } else {
      pidfd.close();
    }
  }

  private static void signal(List<Victim> victims, int signal) throws KernelException {
    for (var victim : victims) {
      try {
        victim.pidfd().signal(signal);
      } catch (KernelException e) {
        if (e.errno() != Errno.ESRCH) {
          throw e;
        }
      }
    }
  }

  private static void await(List<Victim> victims, long milliseconds) throws KernelException {
    var end = System.nanoTime() + milliseconds * 1_000_000;
    for (var victim : victims) {
      var left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
      victim.pidfd().ended((int) Math.min(left, Integer.MAX_VALUE));
    }
  }
}
