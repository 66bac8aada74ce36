package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Name and version in the core metadata of a distribution: `METADATA` or `PKG-INFO`, which start
/// with header fields as mail has them (packaging.python.org, core metadata specifications).
///
/// @param name as the file writes it, checked by the grammar of the dependency specifiers
/// @param version as the file writes it; null where it states none or none that can be compared
record CoreMetadata(String name, @Nullable String version) {
  /// The two fields come first in what every known tool writes; the readme that follows can be of
  /// any length.
  private static final int MAX_HEAD = 16 << 10;

  private static final int MAX_NAME = 214;

  /// The metadata in that file, or null where there is none.
  ///
  /// @throws UnreadableException if it is there and names no distribution; the content is not
  ///   quoted
  static @Nullable CoreMetadata read(Tree tree, BytePath file) throws UnreadableException {
    var head = tree.range(file, 0, MAX_HEAD);
    if (head == null) {
      return null;
    }
    String name = null;
    String version = null;
    var lines = new String(head, StandardCharsets.UTF_8).lines().iterator();
    while (lines.hasNext() && (name == null || version == null)) {
      var line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      name = name == null ? value(line, "Name") : name;
      version = version == null ? value(line, "Version") : version;
    }
    if (name == null || !validName(name)) {
      throw Metadata.malformed(file, "states no valid name of a distribution");
    }
    return new CoreMetadata(name, Metadata.plainVersion(version) ? version : null);
  }

  private static @Nullable String value(String line, String field) {
    var colon = field.length();
    return line.length() > colon
            && line.charAt(colon) == ':'
            && line.regionMatches(true, 0, field, 0, colon)
        ? line.substring(colon + 1).strip()
        : null;
  }

  /// PEP 508: letters, digits, and `.`, `_`, `-` between them.
  static boolean validName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && alphanumeric(name.charAt(0))
        && alphanumeric(name.charAt(name.length() - 1))
        && name.chars().allMatch(c -> alphanumeric(c) || "._-".indexOf(c) >= 0);
  }

  private static boolean alphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
