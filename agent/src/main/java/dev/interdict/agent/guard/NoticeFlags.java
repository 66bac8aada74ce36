package dev.interdict.agent.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/// One empty file for each account that something is to be told to: a shell sees at no cost whether
/// it is worth asking. The folder is the guard's own, so that nobody else can put a link there.
final class NoticeFlags {
  private final Path folder;

  private NoticeFlags(Path folder) {
    this.folder = folder;
  }

  /// The flags in `folder`, all down.
  static NoticeFlags open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var flags = new NoticeFlags(folder);
    flags.raise(Set.of());
    return flags;
  }

  /// Leaves the flags of `uids` up and no others.
  void raise(Set<Integer> uids) throws IOException {
    var wanted = new HashSet<String>();
    uids.forEach(uid -> wanted.add(Integer.toString(uid)));
    try (var list = Files.list(folder)) {
      for (var flag : list.toList()) {
        if (!wanted.remove(flag.getFileName().toString())) {
          Files.delete(flag);
        }
      }
    }
    for (var uid : wanted) {
      Files.createFile(folder.resolve(uid));
    }
  }
}
