package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.inventory.BytePath;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Paths of Windows as ours: `C:` is the first component, as the table of processes names it.
final class WindowsPaths {
  private WindowsPaths() {}

  /// @return null for what is no path from a drive
  static @Nullable BytePath bytePath(String path) {
    if (path.length() < 4 || path.charAt(1) != ':' || path.charAt(2) != '\\') {
      return null;
    }
    try {
      var out = BytePath.ROOT;
      for (var name : path.split("\\\\")) {
        out = out.resolve(name.getBytes(StandardCharsets.UTF_8));
      }
      return out;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
