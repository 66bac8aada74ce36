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
      for own in /tmp /var/tmp; do mount --bind "$1" $own || exit 99; done
      mount -t tmpfs -o mode=755 none /run && mount -o remount,bind,ro / && cd "$2" || exit 99
      shift 2
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

  /// @param folder that it has for `/tmp`
  /// @param module where it runs
  static ProcessBuilder around(Path folder, Path module, List<String> command) {
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
                module.toString()));
    line.addAll(command);
    return new ProcessBuilder(line).redirectErrorStream(true);
  }
}
