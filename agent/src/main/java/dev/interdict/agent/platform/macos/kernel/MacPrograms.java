package dev.interdict.agent.platform.macos.kernel;

import com.sun.jna.Native;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes of macOS, each by number, start and the number's version. A signal names the
/// version too, so it reaches that very process or none.
///
/// The path that the kernel tells is made from the file itself each time, so it is where the file
/// is now; it is opened without following a link, and which file that is, decides.
///
/// Does not see: scripts, so an interpreter is not ended for what it runs. Thread-safe.
public final class MacPrograms implements Programs {
  private static final int BSD_INFO = 3;
  private static final int UNIQUE_INFO = 17;
  private static final int LONGEST_PATH = 4096;
  private static final int MOST = 64 << 10;
  private static final int TERM = 15;
  private static final int KILL = 9;
  private static final int NO_SUCH_PROCESS = 3;
  private static final List<String> NEEDED =
      List.of(
          "/sbin/launchd",
          "/bin/sh",
          "/bin/bash",
          "/bin/zsh",
          "/usr/bin/login",
          "/usr/libexec/trustd",
          "/usr/libexec/securityd",
          "/usr/libexec/opendirectoryd",
          "/usr/libexec/configd",
          "/usr/sbin/sshd",
          "/System/Library/CoreServices/loginwindow.app/Contents/MacOS/loginwindow",
          "/System/Library/CoreServices/Finder.app/Contents/MacOS/Finder");

  private final Set<FileId> needed = new HashSet<>();

  public MacPrograms() {
    NEEDED.forEach(this::need);
    ProcessHandle.current().info().command().ifPresent(this::need);
  }

  private void need(String path) {
    var id = fileId(path.getBytes(StandardCharsets.UTF_8));
    if (id != null) {
      needed.add(id);
    }
  }

  private static @Nullable FileId fileId(byte[] path) {
    try (var file = MacKernel.open(path, MacKernel.O_RDONLY | MacKernel.O_NONBLOCK)) {
      return MacKernel.stat(MacFd.of(file)).id();
    } catch (DiskException e) {
      return null;
    }
  }

  @Override
  public Set<Long> pids() throws UnreadableException {
    var pids = new int[MOST];
    var count = LibSystem.proc_listallpids(pids, 4 * MOST);
    if (count <= 0) {
      throw new UnreadableException(
          Reason.IO, BytePath.ROOT, "the list of processes cannot be read");
    }
    var all = new HashSet<Long>();
    for (var i = 0; i < count; i++) {
      all.add((long) pids[i]);
    }
    return all;
  }

  @Override
  public List<RunningProcess> running() throws UnreadableException {
    var running = new ArrayList<RunningProcess>();
    for (var pid : pids()) {
      var info = info(pid);
      if (info != null) {
        running.add(process(info));
      }
    }
    return running;
  }

  private static @Nullable ProcessInfo info(long pid) {
    var bsd = new byte[ProcessInfo.BSD_BYTES];
    var unique = new byte[ProcessInfo.UNIQUE_BYTES];
    var known =
        LibSystem.proc_pidinfo((int) pid, BSD_INFO, 0, bsd, bsd.length) == bsd.length
            && LibSystem.proc_pidinfo((int) pid, UNIQUE_INFO, 0, unique, unique.length)
                == unique.length;
    return known ? ProcessInfo.read(bsd, unique) : null;
  }

  private static RunningProcess process(ProcessInfo info) {
    var buffer = new byte[LONGEST_PATH];
    var length = LibSystem.proc_pidpath((int) info.pid(), buffer, buffer.length);
    var path = length <= 0 ? null : Arrays.copyOf(buffer, length);
    return new RunningProcess(
        info.pid(),
        info.started(),
        info.uid(),
        path == null ? null : bytePath(path),
        path == null ? null : fileId(path),
        List.of(),
        info.name());
  }

  static @Nullable BytePath bytePath(byte[] path) {
    try {
      var out = BytePath.ROOT;
      var from = 0;
      for (var i = 0; i <= path.length; i++) {
        if (i == path.length || path[i] == '/') {
          out = i > from ? out.resolve(Arrays.copyOfRange(path, from, i)) : out;
          from = i + 1;
        }
      }
      return out;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The version first, then the look: what is seen is believed only if the version is the same
  /// afterwards.
  @Override
  public @Nullable Program hold(long pid) {
    var info = info(pid);
    if (info == null) {
      return null;
    }
    var process = process(info);
    return info.equals(info(pid)) ? new Holding(info, process) : null;
  }

  @Override
  public Set<Long> spared() {
    var spared = new HashSet<>(Set.of(0L, 1L));
    for (var pid = ProcessHandle.current().pid(); spared.add(pid); ) {
      var info = info(pid);
      pid = info == null ? 0 : info.parent();
    }
    return spared;
  }

  @Override
  public Set<FileId> needed() {
    return Set.copyOf(needed);
  }

  private record Holding(ProcessInfo info, RunningProcess process) implements Program {
    @Override
    public boolean runs(Set<FileId> files) {
      var executable = process.executableId();
      return executable != null && files.contains(executable);
    }

    @Override
    public void ask() throws IOException {
      signal(TERM);
    }

    @Override
    public void end() throws IOException {
      signal(KILL);
    }

    private void signal(int signal) throws DiskException {
      if (LibSystem.proc_signal_with_audittoken(info.auditToken(), signal) < 0
          && Native.getLastError() != NO_SUCH_PROCESS) {
        throw MacErrno.of("signal", Native.getLastError());
      }
    }

    /// Looks every few milliseconds; there is no handle to wait for.
    @Override
    public boolean ended(Duration limit) throws IOException {
      var until = System.nanoTime() + limit.toNanos();
      while (same()) {
        if (System.nanoTime() - until >= 0) {
          return false;
        }
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }

    private boolean same() {
      return info.equals(MacPrograms.info(info.pid()));
    }

    @Override
    public void close() {
      // A process is named by its version, which nothing has to be held for.
    }
  }
}
