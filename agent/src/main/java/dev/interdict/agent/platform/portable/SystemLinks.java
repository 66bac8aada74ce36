package dev.interdict.agent.platform.portable;

import dev.interdict.agent.inventory.BytePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// macOS keeps `/etc`, `/var` and `/tmp` in `/private`, behind links of its own at the root, where
/// only the system can write. No other link is followed.
final class SystemLinks {
  private static final Set<String> NAMES = Set.of("etc", "var", "tmp");
  private static final String BEHIND = "private";

  private SystemLinks() {}

  /// The same path without one of those links, if it begins with one.
  static BytePath resolved(Path root, BytePath path) throws IOException {
    if (path.depth() == 0) {
      return path;
    }
    var first = BytePath.ROOT.resolve(path.components().getFirst());
    var name = first.nameText();
    var link = NAMES.contains(name) ? root.resolve(name) : null;
    return link != null
            && Files.isSymbolicLink(link)
            && Files.readSymbolicLink(link).equals(Path.of(BEHIND, name))
        ? BytePath.ROOT.resolve(BEHIND).resolve(path)
        : path;
  }
}
