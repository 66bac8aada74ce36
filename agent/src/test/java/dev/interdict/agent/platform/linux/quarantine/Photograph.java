package dev.interdict.agent.platform.linux.quarantine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Everything that can be told of a file or a tree, to be compared with itself later. Made with the
/// JDK only, so that it does not repeat our own mistakes.
final class Photograph {
  private Photograph() {}

  /// One line for each entry: name, mode, owner, time, content.
  static Map<String, String> of(Path top) throws IOException {
    var lines = new TreeMap<String, String>();
    try (var all = Files.walk(top)) {
      for (var file : all.toList()) {
        lines.put(top.relativize(file).toString(), line(file));
      }
    }
    return lines;
  }

  private static String line(Path file) throws IOException {
    var facts =
        Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
    var content = "";
    if (Files.isSymbolicLink(file)) {
      // A link's own mode and time are nobody's business.
      return "link to " + Files.readSymbolicLink(file);
    }
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      content = Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file)));
    }
    return new TreeMap<>(facts) + " " + content;
  }
}
