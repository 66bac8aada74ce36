package dev.interdict.agent.defences;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where a weakened agent runs as root: it sees no process but its own, and the file system of the
/// machine's root cannot be written. Its `/tmp` is a folder of ours, its `/run` is empty. What it
/// does wrong without its defence, it does to nobody.
final class Cage {
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  /// The first process stays, so that it is not the agent that is spared as the machine's first.
  private static final String SCRIPT =
      """
      own=$1 project=$2 module=$3 first=$4 last=$5
      shift 5
      case $project in "$last"/*)
        back=$own${project#"$last"}
        mkdir -p "$back" && mount --bind "$project" "$back" && mount -o remount,bind,ro "$back" || exit 99
      esac
      mount --bind "$own" "$first" && mount --rbind "$own" "$last" || exit 99
      mount -t tmpfs -o mode=755 none /run && mount -o remount,bind,ro / && cd "$module" || exit 99
      "$@"
      exit $?
      """;

  private Cage() {}

  /// Why there can be none here; empty where there can.
  static String missing() throws IOException {
    if (!System.getProperty("os.name").equals("Linux") || !Files.isExecutable(UNSHARE)) {
      return "needs Linux and " + UNSHARE;
    }
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) ? "" : "needs root";
  }

  /// A project that is itself below `/tmp` is seen at its place, and cannot be written either.
  ///
  /// @param folder that it has for `/tmp`
  /// @param project the folder with the modules
  /// @param module where it runs
  static ProcessBuilder around(Path folder, Path project, Path module, List<String> command) {
    // What hides the project comes last, or the folder itself would be out of sight.
    var hidesLast = project.startsWith("/var/tmp");
    var line =
        new ArrayList<>(
            List.of(
                UNSHARE.toString(),
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "/bin/sh",
                "-c",
                SCRIPT,
                "sh",
                folder.toString(),
                project.toString(),
                module.toString(),
                hidesLast ? "/tmp" : "/var/tmp",
                hidesLast ? "/var/tmp" : "/tmp"));
    line.addAll(command);
    return new ProcessBuilder(line).redirectErrorStream(true);
  }
}
