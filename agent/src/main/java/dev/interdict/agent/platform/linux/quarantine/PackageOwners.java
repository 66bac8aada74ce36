package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which machine-wide files a package of the system may own, whatever source saw them: such a file
/// is its manager's to remove, and comes back with the next upgrade if somebody else does.
///
/// dpkg says so in one list of paths for each package (dpkg-query(1), `info/*.list`). The other
/// managers are not asked: where one of them has a database, whatever lies outside of `/usr/local`
/// may be its own. For one look at the machine; not thread-safe.
final class PackageOwners {
  private static final BytePath LISTS = BytePath.parse("/var/lib/dpkg/info");
  private static final BytePath LOCAL = BytePath.parse("/usr/local");
  private static final BytePath USR = BytePath.parse("/usr");
  private static final String LIST = ".list";
  private static final int LONGEST_LIST = 16 << 20;

  private static final List<BytePath> OTHER_MANAGERS =
      List.of(
          BytePath.parse("/var/lib/rpm/rpmdb.sqlite"),
          BytePath.parse("/var/lib/rpm/Packages.db"),
          BytePath.parse("/var/lib/rpm/Packages"),
          BytePath.parse("/usr/lib/sysimage/rpm/rpmdb.sqlite"),
          BytePath.parse("/usr/lib/sysimage/rpm/Packages.db"),
          BytePath.parse("/usr/lib/sysimage/rpm/Packages"),
          BytePath.parse("/lib/apk/db/installed"),
          BytePath.parse("/usr/lib/apk/db/installed"),
          BytePath.parse("/var/lib/pacman/local"));

  private final Tree system;
  private final Map<BytePath, Optional<String>> asked = new HashMap<>();

  PackageOwners(Tree system) {
    this.system = system;
  }

  /// Which package may own it, in words; said also where that cannot be told. Empty where none
  /// does.
  Optional<String> owner(BytePath path) {
    return asked.computeIfAbsent(path, this::look);
  }

  private Optional<String> look(BytePath path) {
    try {
      var lists = system.list(LISTS);
      return lists.isEmpty() ? otherMayOwn(path) : listed(lists, path);
    } catch (UnreadableException e) {
      return Optional.of("a package of the system");
    }
  }

  private Optional<String> otherMayOwn(BytePath path) throws UnreadableException {
    if (path.startsWith(LOCAL)) {
      return Optional.empty();
    }
    for (var database : OTHER_MANAGERS) {
      if (system.stat(database) != null) {
        return Optional.of("a package of the system");
      }
    }
    return Optional.empty();
  }

  private Optional<String> listed(List<Tree.Entry> lists, BytePath path)
      throws UnreadableException {
    // What lies in /bin or /lib may be listed with /usr before it, and the other way round.
    var other = path.startsWith(USR) ? path.relativeTo(USR) : USR.resolve(path);
    var lines = List.of(line(path), line(other));
    for (var entry : lists) {
      var file = LISTS.resolve(entry.name());
      if (entry.kind() == FileKind.REGULAR && file.nameText().endsWith(LIST)) {
        var bytes = system.read(file, LONGEST_LIST);
        if (bytes != null && lines.stream().anyMatch(line -> holds(bytes, line))) {
          var name = file.nameText();
          return Optional.of("package " + name.substring(0, name.length() - LIST.length()));
        }
      }
    }
    return Optional.empty();
  }

  private static byte[] line(BytePath path) {
    var bytes = path.kernelBytes();
    var line = new byte[bytes.length + 2];
    line[0] = '/';
    System.arraycopy(bytes, 0, line, 1, bytes.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /// Compared as Latin-1 text, in which each byte is a character.
  private static boolean holds(byte[] list, byte[] line) {
    var text = "\n" + new String(list, StandardCharsets.ISO_8859_1) + "\n";
    return text.contains("\n" + new String(line, StandardCharsets.ISO_8859_1));
  }
}
