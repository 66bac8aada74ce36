package dev.interdict.e2e;

import java.util.List;
import java.util.TreeSet;

/// What a story saw on the disk that was not there, or was otherwise, before the packages came.
final class Left {
  private static final String MARK = "left: ";

  /// What is nobody's package's: accounts, which stay as those of every package do, and what the
  /// package managers and systemd themselves write down.
  private static final List<String> OTHERS =
      List.of(
          "/etc/passwd",
          "/etc/group",
          "/etc/shadow",
          "/etc/gshadow",
          "/etc/.pwd.lock",
          "/var/lib/dpkg/",
          "/var/lib/apt/",
          "/var/lib/rpm/",
          "/var/lib/dnf/",
          "/var/lib/systemd/",
          "/var/cache/apt/",
          "/var/cache/dnf",
          "/var/cache/man/",
          "/root/.rpmdb/",
          "/var/log/");

  private Left() {}

  /// The uppermost of what is left of the packages, in order.
  static List<String> in(String told) {
    var left = new TreeSet<String>();
    told.lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()))
        .filter(path -> OTHERS.stream().noneMatch(path::startsWith))
        .sorted()
        .forEach(path -> {
          if (left.stream().noneMatch(above -> path.startsWith(above + "/"))) {
            left.add(path);
          }
        });
    return List.copyOf(left);
  }
}
