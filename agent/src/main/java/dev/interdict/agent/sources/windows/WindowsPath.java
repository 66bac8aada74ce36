package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import org.jspecify.annotations.Nullable;

/// Paths as Windows programs record them (`C:\Program Files\x`), below the inspected root. The root
/// is taken to be drive C, where Windows is unless somebody chose otherwise.
final class WindowsPath {
  private static final int LONGEST = 1024;

  private WindowsPath() {}

  /// The path below the root, or null for one that names a share, another drive, a device or a
  /// variable, or that climbs.
  static @Nullable BytePath below(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    var plain = text.startsWith("\\\\?\\") ? text.substring(4) : text;
    if (!plain.regionMatches(true, 0, "C:\\", 0, 3)) {
      return null;
    }
    try {
      var path = BytePath.ROOT;
      for (var name : plain.substring(3).split("[\\\\/]")) {
        if (!name.isEmpty()) {
          if (name.indexOf(':') >= 0 || name.indexOf('%') >= 0) {
            return null;
          }
          path = path.resolve(name);
        }
      }
      return path.depth() == 0 ? null : path;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
