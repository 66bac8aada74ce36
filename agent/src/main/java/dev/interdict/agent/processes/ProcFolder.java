package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the kernel's `/proc` says of a process. Nothing on a file system that may never answer is
/// touched: a path there stays a path.
///
/// @param proc where `/proc` is mounted
record ProcFolder(Path proc, Mounts mounts) {
  private static final String DELETED = " (deleted)";
  private static final int MAX_ARGUMENTS = 64 << 10;

  /// What a process executes.
  ///
  /// @param path null where the kernel does not tell, or tells a name of another mount namespace
  /// @param id null where the kernel does not tell
  /// @param gone whether the file was deleted or replaced since it was started
  record Executable(@Nullable BytePath path, @Nullable FileId id, boolean gone) {}

  /// The processes of this machine.
  static ProcFolder ofThisMachine() throws IOException {
    var proc = Path.of("/proc");
    return new ProcFolder(proc, Mounts.read(proc.resolve("self/mountinfo")));
  }

  /// All that run, by their number. One that ends meanwhile is left out.
  List<RunningProcess> running() throws IOException {
    var running = new ArrayList<RunningProcess>();
    try (var entries = Files.newDirectoryStream(proc, ProcFolder::numbered)) {
      for (var entry : entries) {
        var process = process(Long.parseLong(entry.getFileName().toString()));
        if (process != null) {
          running.add(process);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    running.sort(Comparator.comparingLong(RunningProcess::pid));
    return running;
  }

  private static boolean numbered(Path entry) {
    return entry.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private @Nullable RunningProcess process(long pid) {
    String stat;
    String status;
    try {
      stat = Files.readString(of(pid, "stat"), StandardCharsets.ISO_8859_1);
      status = Files.readString(of(pid, "status"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return null;
    }
    var startTicks = startTicks(stat);
    if (startTicks < 0) {
      return null;
    }
    var executable = executable(pid);
    return new RunningProcess(
        pid,
        startTicks,
        effectiveUid(status),
        executable.path(),
        executable.id(),
        executable.path() == null ? List.of() : scripts(pid, executable.path()),
        name(stat),
        null,
        executable.gone());
  }

  /// Field 2 of proc_pid_stat(5), which may hold parentheses of its own.
  static String name(String stat) {
    var name = stat.substring(stat.indexOf('(') + 1, Math.max(stat.lastIndexOf(')'), 0));
    return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /// The second number in the line `Uid` of proc_pid_status(5), or -1 where there is none. The
  /// process's own name, in an earlier line, holds no line feed there.
  static int effectiveUid(String status) {
    for (var line : status.split("\n")) {
      if (line.startsWith("Uid:")) {
        var fields = line.split("\t");
        try {
          return fields.length < 3 ? -1 : Integer.parseUnsignedInt(fields[2]);
        } catch (NumberFormatException e) {
          return -1;
        }
      }
    }
    return -1;
  }

  /// Field 22 of proc_pid_stat(5). The name, field 2, may hold anything, so counting starts after
  /// its last parenthesis.
  static long startTicks(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    try {
      return fields.length < 20 ? -1 : Long.parseLong(fields[19]);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// What the process executes.
  Executable executable(long pid) {
    try {
      var link = Files.readSymbolicLink(of(pid, "exe"));
      if (!link.isAbsolute() || !mounts.answers(link)) {
        return new Executable(null, null, false);
      }
      var id = id(of(pid, "exe"));
      var there = idIfThere(link);
      var deleted = link.toString().endsWith(DELETED) && there == null;
      if (!deleted) {
        return new Executable(id.equals(there) ? NioPaths.bytePath(link) : null, id, false);
      }
      var text = link.toString();
      var path = Path.of(text.substring(0, text.length() - DELETED.length()));
      return new Executable(NioPaths.bytePath(path), id, true);
    } catch (IOException | InvalidPathException e) {
      return new Executable(null, null, false);
    }
  }

  /// The script that an interpreter was started with, if it is there; at most one.
  List<RunningProcess.Script> scripts(long pid, BytePath executable) {
    try {
      var argument = Interpreters.script(executable.nameText(), arguments(pid));
      if (argument == null || !sharesOurFiles(pid)) {
        return List.of();
      }
      var cwd = Files.readSymbolicLink(of(pid, "cwd"));
      var file = mounts.real(cwd.resolve(argument));
      if (file == null || !Files.isRegularFile(file)) {
        return List.of();
      }
      return List.of(new RunningProcess.Script(NioPaths.bytePath(file), id(file)));
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  /// A process in a container names files of its own, which are not those of the same name here.
  private boolean sharesOurFiles(long pid) throws IOException {
    var ours = Files.readSymbolicLink(proc.resolve("self/ns/mnt"));
    return Files.readSymbolicLink(of(pid, "ns/mnt")).equals(ours)
        && Files.readSymbolicLink(of(pid, "root")).getNameCount() == 0;
  }

  private List<String> arguments(long pid) throws IOException {
    try (var in = Files.newInputStream(of(pid, "cmdline"))) {
      var bytes = in.readNBytes(MAX_ARGUMENTS);
      var charset =
          java.nio.charset.Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
      var arguments = new ArrayList<String>();
      var start = 0;
      for (var i = 0; i < bytes.length; i++) {
        if (bytes[i] == 0) {
          arguments.add(new String(bytes, start, i - start, charset));
          start = i + 1;
        }
      }
      return arguments;
    }
  }

  /// Asked by stat(2): access(2), which asks whether a file exists, goes by the real user alone,
  /// and the scan reaches closed homes by a capability.
  private static @Nullable FileId idIfThere(Path file) {
    try {
      return id(file);
    } catch (IOException e) {
      return null;
    }
  }

  private static FileId id(Path file) throws IOException {
    var attributes = Files.readAttributes(file, "unix:dev,ino");
    return new FileId(
        ((Number) Objects.requireNonNull(attributes.get("dev"))).longValue(),
        ((Number) Objects.requireNonNull(attributes.get("ino"))).longValue());
  }

  private Path of(long pid, String entry) {
    return proc.resolve(Long.toString(pid)).resolve(entry);
  }
}
