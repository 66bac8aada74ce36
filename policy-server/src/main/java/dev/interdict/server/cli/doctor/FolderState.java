package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.main.AccessSettings;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The server's folder: room, who may read its secrets, and the key that seals what must be read
/// again.
record FolderState(ServerFolder folder) {
  private static final long TOO_LITTLE = 200L << 20;
  private static final long LITTLE = 2L << 30;

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  /// Files of which their owner alone may know what is in them, where they are there.
  private List<Path> secrets() throws IOException {
    var secrets = new ArrayList<Path>();
    for (var name :
        List.of(
            AccessSettings.SEALING_KEY,
            "server.p12",
            "server.p12.password",
            "tls-ca.p12",
            "enrolment-token",
            "interdict.db")) {
      secrets.add(folder.path().resolve(name));
    }
    if (Files.isDirectory(folder.keys())) {
      try (Stream<Path> keys = Files.list(folder.keys())) {
        secrets.addAll(keys.filter(Files::isRegularFile).sorted().toList());
      }
    }
    return secrets;
  }

  Answer disk() {
    try {
      var free = Files.getFileStore(folder.path()).getUsableSpace();
      var detail = (free >> 20) + " MiB free";
      var advice = "make room: what cannot be written is not taken from agents";
      if (free < TOO_LITTLE) {
        return Answer.bad("disk", detail, advice);
      }
      return free < LITTLE ? Answer.watch("disk", detail, advice) : Answer.good("disk", detail);
    } catch (IOException e) {
      return Answer.bad("disk", String.valueOf(e.getMessage()), "look at the folder's disk");
    }
  }

  Answer permissions() {
    try {
      if (!folder.path().getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return Answer.good("permissions", "not told on this system");
      }
      var root = Files.getPosixFilePermissions(folder.path());
      var open = new ArrayList<String>();
      for (var secret : secrets()) {
        if (Files.isRegularFile(secret, LinkOption.NOFOLLOW_LINKS)) {
          var may = Files.getPosixFilePermissions(secret);
          if (may.stream().anyMatch(OTHERS::contains)
              && root.contains(PosixFilePermission.OTHERS_EXECUTE)) {
            open.add(folder.path().relativize(secret).toString());
          }
        }
      }
      return open.isEmpty()
          ? Answer.good("permissions", "no other account may read or change the secrets")
          : Answer.bad(
              "permissions",
              "other accounts may read or change " + String.join(", ", open),
              "chmod o-rwx,g-w on them; what was readable may have been read: replace it");
    } catch (IOException e) {
      return Answer.bad("permissions", String.valueOf(e.getMessage()), "run it as the owner");
    }
  }

  Answer sealing(Parts parts) {
    try {
      parts.sealing().check();
      return Answer.good("sealing-key", "all that is sealed opens");
    } catch (Sealing.BrokenException e) {
      return Answer.bad(
          "sealing-key",
          String.valueOf(e.getMessage()),
          "bring the right sealing.key back from where the server was set up");
    }
  }
}
