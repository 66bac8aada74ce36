package dev.interdict.agent.platform.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Whether nobody but root can have put a program where it is.
public final class RootOnly {
  private static final int WRITABLE_BY_OTHERS = 0022;

  private RootOnly() {}

  /// True where the program exists, is a regular file once links are resolved, and it and every
  /// folder above it belongs to root and is writable by root alone.
  public static boolean program(Path program) {
    try {
      var real = program.toRealPath();
      if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) || !Files.isExecutable(real)) {
        return false;
      }
      for (var part = real; part != null; part = part.getParent()) {
        var attributes = Files.readAttributes(part, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        if (!(attributes.get("uid") instanceof Integer uid)
            || !(attributes.get("mode") instanceof Integer mode)
            || uid != 0
            || (mode & WRITABLE_BY_OTHERS) != 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
