package dev.interdict.agent.platform.linux;

import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which mount points hold a local disk's file system. Everything else (network, FUSE, the kernel's
/// own) may never answer, so it is not entered.
///
/// Follows proc_pid_mountinfo(5). Immutable.
final class Mounts {
  private static final Set<String> LOCAL =
      Set.of(
          "ext2",
          "ext3",
          "ext4",
          "xfs",
          "btrfs",
          "f2fs",
          "zfs",
          "bcachefs",
          "jfs",
          "reiserfs",
          "overlay",
          "squashfs",
          "erofs",
          "tmpfs");

  private final Map<String, String> types;

  private Mounts(Map<String, String> types) {
    this.types = types;
  }

  /// The mounts that this process sees now.
  static Mounts now() throws IOException {
    try (var self = Kernel.openRoot("/proc/self".getBytes(StandardCharsets.UTF_8))) {
      return parse(ProcFile.read(self, "mountinfo"));
    }
  }

  /// Names are kept as Latin-1, one character for each byte. Of several mounts on one point the
  /// last one is what a path reaches.
  static Mounts parse(byte[] mountinfo) {
    var types = new HashMap<String, String>();
    for (var line : new String(mountinfo, StandardCharsets.ISO_8859_1).split("\n")) {
      var fields = line.split(" ");
      for (var i = 6; i + 1 < fields.length; i++) {
        if (fields[i].equals("-")) {
          types.put(unescape(fields[4]), fields[i + 1]);
          break;
        }
      }
    }
    return new Mounts(types);
  }

  private static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /// Whether a local file system is mounted exactly there.
  boolean local(byte[] absolutePath) {
    var type = types.get(new String(absolutePath, StandardCharsets.ISO_8859_1));
    return type != null && LOCAL.contains(type);
  }
}
