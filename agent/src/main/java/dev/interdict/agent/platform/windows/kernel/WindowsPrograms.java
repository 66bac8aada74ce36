package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Programs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes of Windows by their handles. A process is known by its number and the time it was
/// made; a handle stands for the same one for as long as it is open.
///
/// Which file a process executes is asked of the kernel, for each file in question
/// (ProcessImageFileMapping): the path that it tells may be that of another file by now. A Windows
/// that does not answer leaves the process alone.
///
/// Does not see: scripts, so an interpreter is not ended for what it runs. Thread-safe.
public final class WindowsPrograms implements Programs {
  private static final int TERMINATE = 0x1;
  private static final int QUERY_INFORMATION = 0x400;
  private static final int QUERY_LIMITED = 0x1000;
  private static final int SYNCHRONIZE = 0x100000;
  private static final int MOST = 64 << 10;
  private static final int LONGEST_PATH = 32 << 10;
  private static final int IMAGE_FILE_MAPPING = 44;
  private static final int FILE_ID = 0;
  private static final int INVALID_PARAMETER = 87;
  private static final int WAIT_TIMEOUT = 0x102;
  private static final List<String> NEEDED =
      List.of(
          "System32\\smss.exe",
          "System32\\csrss.exe",
          "System32\\wininit.exe",
          "System32\\winlogon.exe",
          "System32\\services.exe",
          "System32\\lsass.exe",
          "System32\\svchost.exe",
          "System32\\dwm.exe",
          "System32\\msiexec.exe",
          "System32\\cmd.exe",
          "System32\\conhost.exe",
          "System32\\WindowsPowerShell\\v1.0\\powershell.exe",
          "explorer.exe");

  private final String drive;
  private final Set<FileId> needed = new HashSet<>();

  /// @param windows the folder of the system, such as `C:\Windows`
  public WindowsPrograms(String windows) {
    this.drive = windows.substring(0, windows.indexOf('\\') + 1);
    NEEDED.forEach(name -> need(windows + "\\" + name));
    ProcessHandle.current().info().command().ifPresent(this::need);
  }

  private void need(String path) {
    var id = fileId(path);
    if (id != null) {
      needed.add(id);
    }
  }

  private static @Nullable FileId fileId(String path) {
    try (var file = Win32Open.path(path, NtOpen.READ_ATTRIBUTES)) {
      return Facts.id(NtHandle.of(file));
    } catch (DiskException e) {
      return null;
    }
  }

  @Override
  public Set<Long> pids() throws UnreadableException {
    var pids = new int[MOST];
    var bytes = new int[1];
    if (Kernel32.K32EnumProcesses(pids, 4 * MOST, bytes) == 0) {
      throw new UnreadableException(
          Reason.IO, BytePath.ROOT, "the list of processes cannot be read");
    }
    var all = new HashSet<Long>();
    for (var i = 0; i < bytes[0] / 4; i++) {
      all.add(Integer.toUnsignedLong(pids[i]));
    }
    return all;
  }

  @Override
  public List<RunningProcess> running() throws UnreadableException {
    var running = new ArrayList<RunningProcess>();
    for (var pid : pids()) {
      var process = look(pid);
      if (process != null) {
        running.add(process);
      }
    }
    return running;
  }

  private @Nullable RunningProcess look(long pid) {
    var handle = Kernel32.OpenProcess(QUERY_LIMITED, 0, (int) pid);
    if (Win32Open.invalid(handle)) {
      // Ended, or protected by Windows itself.
      return null;
    }
    try {
      return describe(handle, pid);
    } catch (DiskException e) {
      return null;
    } finally {
      Kernel32.CloseHandle(handle);
    }
  }

  private RunningProcess describe(Pointer handle, long pid) throws DiskException {
    var created = new long[1];
    var rest = new long[1];
    if (Kernel32.GetProcessTimes(handle, created, rest, rest, rest) == 0) {
      throw NtStatus.ofWin32("process times", Native.getLastError());
    }
    var name = new char[LONGEST_PATH];
    var length = new int[] {LONGEST_PATH};
    var known = Kernel32.QueryFullProcessImageNameW(handle, 0, name, length) != 0;
    var path = known ? new String(name, 0, length[0]) : "";
    return new RunningProcess(
        pid,
        created[0],
        -1,
        WindowsPaths.bytePath(path),
        path.isEmpty() ? null : fileId(path),
        List.of(),
        path.substring(path.lastIndexOf('\\') + 1));
  }

  @Override
  public @Nullable Program hold(long pid) throws DiskException {
    var access = TERMINATE | QUERY_INFORMATION | QUERY_LIMITED | SYNCHRONIZE;
    var handle = Kernel32.OpenProcess(access, 0, (int) pid);
    if (Win32Open.invalid(handle)) {
      var error = Native.getLastError();
      if (error == INVALID_PARAMETER) {
        return null;
      }
      throw NtStatus.ofWin32("open process", error);
    }
    try {
      return new Holding(handle, describe(handle, pid));
    } catch (DiskException e) {
      Kernel32.CloseHandle(handle);
      throw e;
    }
  }

  @Override
  public Set<Long> spared() {
    var spared = new HashSet<>(Set.of(0L, 4L));
    var process = Optional.of(ProcessHandle.current());
    while (process.isPresent() && spared.add(process.get().pid())) {
      process = process.get().parent();
    }
    return spared;
  }

  @Override
  public Set<FileId> needed() {
    return Set.copyOf(needed);
  }

  /// Opens a file by its number, whatever it is called and wherever it lies.
  private @Nullable Pointer byId(Pointer volume, FileId id) {
    try (var descriptor = new Memory(24)) {
      descriptor.clear();
      descriptor.setInt(0, 24);
      descriptor.setInt(4, FILE_ID);
      descriptor.setLong(8, id.inode());
      var access = NtOpen.READ_DATA | NtOpen.TRAVERSE | NtOpen.READ_ATTRIBUTES | SYNCHRONIZE;
      var file =
          Kernel32.OpenFileById(
              volume, descriptor, access, NtOpen.SHARE_ALL, Pointer.NULL, 0x2000000);
      return Win32Open.invalid(file) ? null : file;
    }
  }

  private final class Holding implements Program {
    private final Pointer handle;
    private final RunningProcess process;

    Holding(Pointer handle, RunningProcess process) {
      this.handle = handle;
      this.process = process;
    }

    @Override
    public RunningProcess process() {
      return process;
    }

    @Override
    public boolean runs(Set<FileId> files) throws IOException {
      try (var volume = Win32Open.path(drive, NtOpen.READ_ATTRIBUTES)) {
        var device = Facts.id(NtHandle.of(volume)).device();
        for (var file : files) {
          if (file.device() == device && runs(NtHandle.of(volume), file)) {
            return true;
          }
        }
        return false;
      }
    }

    private boolean runs(Pointer volume, FileId id) {
      var file = byId(volume, id);
      if (file == null) {
        return false;
      }
      try (var input = new Memory(8)) {
        input.setPointer(0, file);
        return Ntdll.NtQueryInformationProcess(handle, IMAGE_FILE_MAPPING, input, 8, Pointer.NULL)
            == 0;
      } finally {
        Kernel32.CloseHandle(file);
      }
    }

    /// Windows has no way to ask a program without a window, and windows are another session's.
    @Override
    public void ask() {}

    @Override
    public void end() throws DiskException {
      if (Kernel32.TerminateProcess(handle, 1) == 0 && !ended(Duration.ZERO)) {
        throw NtStatus.ofWin32("terminate", Native.getLastError());
      }
    }

    @Override
    public boolean ended(Duration limit) {
      var milliseconds = (int) Math.min(limit.toMillis(), 60_000);
      return Kernel32.WaitForSingleObject(handle, milliseconds) != WAIT_TIMEOUT;
    }

    @Override
    public void close() {
      Kernel32.CloseHandle(handle);
    }
  }
}
