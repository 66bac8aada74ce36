package dev.interdict.agent.platform.linux;

import dev.interdict.agent.inventory.FileId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// Runs in a process of its own and stops whatever executes a file.
final class Stops {
  private Stops() {}

  /// @param args a file, whose processes are stopped; prints what came of it
  public static void main(String[] args) throws Exception {
    var file = Path.of(args[0]);
    if (Files.getAttribute(file, "unix:dev") instanceof Long device
        && Files.getAttribute(file, "unix:ino") instanceof Long inode) {
      try (var processes = new LinuxProcesses()) {
        var outcome =
            new Stopping(processes).stop(Set.of(new FileId(device, inode)), Duration.ZERO);
        System.out.println(outcome);
      }
    }
  }
}
