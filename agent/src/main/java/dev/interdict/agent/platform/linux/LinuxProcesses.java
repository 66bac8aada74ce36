package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.ProcessTable;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Processes as `/proc` identifies them: executable by device and inode, start time, user. Paths
/// are the kernel's, from the machine's real root. What has ended while looking is left out.
///
/// Spec: proc_pid_stat(5), proc_pid_status(5). Thread-safe.
public final class LinuxProcesses implements ProcessTable, AutoCloseable {
  private static final BytePath PROC = BytePath.ROOT.resolve("proc");
  private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);

  private final Fd proc;
  private final Scripts scripts = new Scripts();

  public LinuxProcesses() throws IOException {
    this.proc = Kernel.openRoot("/proc".getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public List<RunningProcess> running() throws UnreadableException {
    var running = new ArrayList<RunningProcess>();
    try {
      for (var pid : pids()) {
        var process = find(pid);
        if (process != null) {
          running.add(process);
        }
      }
    } catch (IOException e) {
      throw new UnreadableException(Reason.IO, PROC, String.valueOf(e.getMessage()));
    }
    return running;
  }

  /// The ids of all that run, or have ended and are not yet buried.
  public List<Long> pids() throws KernelException {
    try (var list = Kernel.openat(proc, new byte[] {'.'}, Kernel.O_RDONLY, 0)) {
      return Kernel.list(list).stream()
          .map(entry -> new String(entry.name(), StandardCharsets.ISO_8859_1))
          .filter(name -> name.chars().allMatch(c -> c >= '0' && c <= '9'))
          .map(Long::parseLong)
          .toList();
    }
  }

  /// The process that has this id now; null where there is none, or a zombie.
  public @Nullable RunningProcess find(long pid) throws IOException {
    try (var dir = open(pid)) {
      return read(dir, pid);
    } catch (KernelException e) {
      if (gone(e)) {
        return null;
      }
      throw e;
    }
  }

  /// Who started it; 0 where nobody did or it has ended.
  public long parent(long pid) throws IOException {
    try (var dir = open(pid)) {
      return StatLine.parse(ProcFile.read(dir, "stat")).parent();
    } catch (KernelException e) {
      if (gone(e)) {
        return 0;
      }
      throw e;
    }
  }

  /// Whether somebody's terminal controls it.
  public boolean atTerminal(long pid) throws IOException {
    try (var dir = open(pid)) {
      return StatLine.parse(ProcFile.read(dir, "stat")).terminal() != 0;
    } catch (KernelException e) {
      if (gone(e)) {
        return false;
      }
      throw e;
    }
  }

  private Fd open(long pid) throws KernelException {
    return Kernel.openat(
        proc,
        Long.toString(pid).getBytes(StandardCharsets.US_ASCII),
        Kernel.O_PATH | Kernel.O_DIRECTORY,
        0);
  }

  private static boolean gone(KernelException e) {
    return e.errno() == Errno.ENOENT || e.errno() == Errno.ESRCH;
  }

  private @Nullable RunningProcess read(Fd dir, long pid) throws IOException {
    var stat = StatLine.parse(ProcFile.read(dir, "stat"));
    if (stat.ended()) {
      return null;
    }
    var exe = follow(dir, "exe");
    return new RunningProcess(
        pid,
        stat.startTicks(),
        effectiveUid(ProcFile.read(dir, "status")),
        exe == null ? null : executable(dir),
        exe == null ? null : exe.id(),
        exe == null ? List.of() : scripts.of(dir, pid, stat.startTicks()),
        stat.name());
  }

  private static @Nullable Stat follow(Fd dir, String name) throws KernelException {
    try {
      return Kernel.statFollowing(dir, name.getBytes(StandardCharsets.US_ASCII));
    } catch (KernelException e) {
      return switch (e.errno()) {
        // A kernel thread has no executable; that of another user is not ours to see.
        case ENOENT, EACCES, EPERM -> null;
        default -> throw e;
      };
    }
  }

  private static @Nullable BytePath executable(Fd dir) throws KernelException {
    var target = Kernel.readlink(dir, "exe".getBytes(StandardCharsets.US_ASCII));
    var end = target.length - DELETED.length;
    var deleted = end > 0 && Arrays.equals(target, end, target.length, DELETED, 0, DELETED.length);
    return absolute(deleted ? Arrays.copyOf(target, end) : target);
  }

  static @Nullable BytePath absolute(byte[] path) {
    try {
      return path.length > 0 && path[0] == '/' ? Passwd.path(path) : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static int effectiveUid(byte[] status) throws IOException {
    for (var line : new String(status, StandardCharsets.ISO_8859_1).split("\n")) {
      if (line.startsWith("Uid:")) {
        return (int) Long.parseLong(line.split("\\s+")[2]);
      }
    }
    throw new IOException("/proc/PID/status has no Uid line");
  }

  /// The fields of `/proc/PID/stat` that identify a process. The name may hold spaces, parentheses
  /// and line feeds, so the rest is counted from its last parenthesis.
  private record StatLine(String name, char state, long parent, long terminal, long startTicks) {

    static StatLine parse(byte[] stat) throws IOException {
      var text = new String(stat, StandardCharsets.ISO_8859_1);
      var open = text.indexOf('(');
      var close = text.lastIndexOf(')');
      var fields = close < 0 ? new String[0] : text.substring(close + 1).strip().split(" ");
      if (open < 0 || fields.length < 20) {
        throw new IOException("/proc/PID/stat has too few fields");
      }
      return new StatLine(
          text.substring(open + 1, close),
          fields[0].charAt(0),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[19]));
    }

    /// Whether only its exit status is left.
    boolean ended() {
      return state == 'Z' || state == 'X';
    }
  }

  @Override
  public void close() {
    scripts.close();
    proc.close();
  }
}
