package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/// Tells the script file that an interpreter runs, where its argument names one that is there.
///
/// Arguments and files are the process's own choice and may lie in memory or on a file system that
/// never answers; a process that kept us waiting once is not asked again. Thread-safe.
final class Scripts implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final BoundedLook look = new BoundedLook(PATIENCE);
  private final Set<Asked> unanswering = ConcurrentHashMap.newKeySet();

  private record Asked(long pid, long startTicks) {}

  /// The scripts of one process, at most one.
  ///
  /// @param dir its open directory in `/proc`
  List<RunningProcess.Script> of(Fd dir, long pid, long startTicks) {
    var process = new Asked(pid, startTicks);
    if (unanswering.contains(process)) {
      return List.of();
    }
    try {
      var cmdline = look.at(() -> ProcFile.read(dir, "cmdline"));
      var argument = cmdline == null ? null : ScriptArgument.of(cmdline);
      if (argument == null) {
        return List.of();
      }
      var seen = look.at(() -> Kernel.statFollowing(dir, asResolvedBy(argument)));
      var shown = LinuxProcesses.absolute(argument);
      return seen != null && seen.kind() == FileKind.REGULAR
          ? List.of(new RunningProcess.Script(shown == null ? BytePath.ROOT : shown, seen.id()))
          : List.of();
    } catch (TimeoutException e) {
      unanswering.add(process);
      return List.of();
    }
  }

  /// In the process's own root and folder, as it resolved the name itself.
  private static byte[] asResolvedBy(byte[] argument) {
    var base = (argument[0] == '/' ? "root" : "cwd").getBytes(StandardCharsets.US_ASCII);
    var path = Arrays.copyOf(base, base.length + 1 + argument.length);
    path[base.length] = '/';
    System.arraycopy(argument, 0, path, base.length + 1, argument.length);
    return path;
  }

  @Override
  public void close() {
    look.close();
  }
}
