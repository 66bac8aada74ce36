package dev.interdict.server.cli.doctor;

import dev.interdict.server.keys.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/// Whether other accounts get to a file: its own mode lets them, and so does every folder above it.
/// In a folder that its owner alone enters, the mode of a file lets nobody in.
final class Reach {
  private Reach() {}

  /// By the rule of [OwnerOnly], and by the folders above. Where a folder's group is another one
  /// than the file's, somebody may be in both, or in that one alone.
  ///
  /// @throws IOException if there is no such file, or a folder above cannot be looked at
  static boolean ofOthers(Path file) throws IOException {
    if (!OwnerOnly.isOpen(file)) {
      return false;
    }
    var real = file.toRealPath();
    var mode = attributes(real);
    var group = has(mode, "GROUP_");
    var others = has(mode, "OTHERS_");
    for (var above = real.getParent(); above != null; above = above.getParent()) {
      var folder = attributes(above);
      var letsGroup = folder.permissions().contains(PosixFilePermission.GROUP_EXECUTE);
      var letsOthers = folder.permissions().contains(PosixFilePermission.OTHERS_EXECUTE);
      var isSame = folder.group().equals(mode.group());
      group &= isSame ? letsGroup : letsGroup || letsOthers;
      others &= isSame ? letsOthers : letsGroup || letsOthers;
    }
    return group || others;
  }

  private static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean has(PosixFileAttributes of, String whose) {
    return of.permissions().stream().anyMatch(one -> one.name().startsWith(whose));
  }
}
