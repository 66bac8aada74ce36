package dev.interdict.agent.platform.linux.privilege;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Whether nobody but root can have put a file where it is: what root runs must be such a one.
public final class RootOnly {
  private static final int WRITABLE_BY_OTHERS = 0022;

  private RootOnly() {}

  /// True where the program exists, may be executed, and is [#file].
  public static boolean program(Path program) {
    return Files.isExecutable(program) && file(program);
  }

  /// True where it exists, is a regular file once links are resolved, and it and every folder above
  /// it belongs to root and is writable by root alone.
  public static boolean file(Path file) {
    try {
      var real = file.toRealPath();
      return Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS) && rootsOwn(real);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean rootsOwn(Path real) throws IOException {
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
  }
}
