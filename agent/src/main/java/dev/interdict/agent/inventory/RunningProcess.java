package dev.interdict.agent.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One process as the kernel identifies it. Its name and arguments are its own claims and are kept
/// for display only.
///
/// @param pid process id, which is recycled: only together with `startTicks` does it name a process
/// @param startTicks start time in the kernel's clock ticks since boot
/// @param uid effective user
/// @param executable path of the executable file, null where the kernel does not tell
/// @param executableId which file is executed, null where the kernel does not tell
/// @param scripts files an interpreter was started with, that exist and are regular
/// @param name the process's own name, untrusted
/// @param sha256 of the executable file in lower-case hex; null where it was not read
/// @param gone whether the file that it executes is no longer at its path, so that the path says
///   only where it once was
public record RunningProcess(
    long pid,
    long startTicks,
    int uid,
    @Nullable BytePath executable,
    @Nullable FileId executableId,
    List<Script> scripts,
    String name,
    @Nullable String sha256,
    boolean gone) {
  public RunningProcess {
    scripts = List.copyOf(scripts);
  }

  /// One whose executable file is there and was not read.
  public RunningProcess(
      long pid,
      long startTicks,
      int uid,
      @Nullable BytePath executable,
      @Nullable FileId executableId,
      List<Script> scripts,
      String name) {
    this(pid, startTicks, uid, executable, executableId, scripts, name, null, false);
  }

  /// The same with its executable's digest.
  public RunningProcess withSha256(String digest) {
    return new RunningProcess(
        pid, startTicks, uid, executable, executableId, scripts, name, digest, gone);
  }

  /// The same process as it is seen below `root`, or null where neither its executable nor a script
  /// lies there. A script counts though its interpreter lies elsewhere: it is the script that is
  /// the tool.
  public @Nullable RunningProcess below(BytePath root) {
    var inside = executable != null && executable.startsWith(root);
    var below =
        scripts.stream()
            .filter(script -> script.path().startsWith(root))
            .map(script -> new Script(script.path().relativeTo(root), script.id()))
            .toList();
    if (!inside && below.isEmpty()) {
      return null;
    }
    var relative = executable != null && inside ? executable.relativeTo(root) : null;
    return new RunningProcess(
        pid, startTicks, uid, relative, executableId, below, name, sha256, gone);
  }

  /// A script file that an interpreter runs.
  public record Script(BytePath path, FileId id) {}
}
