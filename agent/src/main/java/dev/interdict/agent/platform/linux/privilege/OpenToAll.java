package dev.interdict.agent.platform.linux.privilege;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether an account without any rights of its own could read a file, by modes alone: an access
/// list can only let it read more.
final class OpenToAll {
  private static final int READ = 04;
  private static final int SEARCH = 01;

  private OpenToAll() {}

  static boolean file(Path file) {
    try {
      var real = file.toRealPath();
      if ((mode(real) & READ) == 0) {
        return false;
      }
      for (var above = real.getParent(); above != null; above = above.getParent()) {
        if ((mode(above) & SEARCH) == 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int mode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:mode") instanceof Integer mode ? mode : 0;
  }
}
