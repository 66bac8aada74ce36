package dev.interdict.agent.platform.linux.desktop.disturbance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells processes of the person that we are from those of others.
final class OwnProcesses {
  private OwnProcesses() {}

  /// Whether the process (or thread) whose folder below `/proc` this is belongs to us.
  static boolean own(Path process) {
    try {
      var self = Files.getAttribute(Path.of("/proc/self/"), "unix:uid");
      return self.equals(Files.getAttribute(process, "unix:uid"));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
