package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The `prefix` setting of an `npmrc`, which moves where npm puts global packages.
final class Npmrc {
  private static final int MAX_BYTES = 256 << 10;

  private Npmrc() {}

  /// The prefix that the file sets, or null where there is no file or it sets none.
  ///
  /// @param home what `~` and `${HOME}` mean; the root for a machine-wide file
  /// @throws UnreadableException if the file cannot be read, or names a prefix by something that
  ///   only a shell or another setting could tell
  static @Nullable BytePath prefix(Tree tree, BytePath file, BytePath home)
      throws UnreadableException {
    var bytes = tree.read(file, MAX_BYTES);
    if (bytes == null) {
      return null;
    }
    BytePath prefix = null;
    for (var line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      var equals = line.indexOf('=');
      if (equals > 0 && line.substring(0, equals).strip().equals("prefix")) {
        prefix = path(file, unquoted(line.substring(equals + 1).strip()), home);
      }
    }
    return prefix;
  }

  private static String unquoted(String value) {
    var quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static BytePath path(BytePath file, String value, BytePath home)
      throws UnreadableException {
    var base = value.startsWith("/") ? BytePath.ROOT : null;
    var rest = value;
    for (var start : new String[] {"${HOME}", "$HOME", "~"}) {
      if (value.equals(start) || value.startsWith(start + "/")) {
        base = home;
        rest = value.substring(start.length());
      }
    }
    var path =
        base == null ? null : Links.lexical(base, relative(rest).getBytes(StandardCharsets.UTF_8));
    if (path == null || rest.contains("${")) {
      throw Metadata.malformed(file, "sets an npm prefix that cannot be told without running npm");
    }
    return path;
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
