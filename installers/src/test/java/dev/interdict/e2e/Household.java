package dev.interdict.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// A machine's tree with people on it who are nobody on the real one, so that root acts in homes of
/// others: their accounts are numbers above all that a real machine gives out.
///
/// @param root the tree
record Household(Path root) {
  static final int LIN = 54321;
  static final int WEI = 54322;

  /// Begins the tree, which others may enter as they may a real one.
  static Household in(Path root) throws IOException {
    var temporary = Path.of("/tmp");
    for (var above = root;
        above != null && above.startsWith(temporary);
        above = above.getParent()) {
      if (!above.equals(temporary) && Files.exists(above)) {
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    var household = new Household(root);
    household.text(
        "etc/passwd",
        """
        root:x:0:0::/root:/bin/sh
        lin:x:%1$d:%1$d::/home/lin:/bin/sh
        wei:x:%2$d:%2$d::/home/wei:/bin/sh
        """
            .formatted(LIN, WEI));
    household.text("etc/hostname", "hz-rd-00042\n");
    Files.createDirectories(household.lin());
    Files.createDirectories(household.wei());
    return household;
  }

  Path lin() {
    return root.resolve("home/lin");
  }

  Path wei() {
    return root.resolve("home/wei");
  }

  Path text(String path, String content) throws IOException {
    var file = room(path);
    Files.writeString(file, content, StandardCharsets.UTF_8);
    return file;
  }

  /// A program that does nothing for as long as it is told.
  Path sleeper(String path) throws IOException {
    return Files.copy(Path.of("/bin/sleep").toRealPath(), room(path));
  }

  void link(String path, String target) throws IOException {
    Files.createSymbolicLink(room(path), Path.of(target));
  }

  private Path room(String path) throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  /// Gives each home to its person, as if it had been filled by them.
  void settle() throws IOException {
    own(lin(), LIN);
    own(wei(), WEI);
  }

  private static void own(Path home, int uid) throws IOException {
    try (var walk = Files.walk(home)) {
      for (var file : walk.toList()) {
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /// How to start something as one of them.
  static List<String> as(int uid, String... command) {
    var line =
        new java.util.ArrayList<>(
            List.of(
                "/usr/bin/setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
    line.addAll(List.of(command));
    return line;
  }
}
