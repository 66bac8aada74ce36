package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A path as another program wrote it down, on any operating system: `/home/ada/x`,
/// `C:\Users\ada\x`, `/c:/Users/ada/x`. The letter of a drive is left out, since the root that is
/// inspected is the drive.
public final class RecordedPath {
  private RecordedPath() {}

  /// What the text means, by the text alone, or null where it names no file.
  ///
  /// @param directory that a relative path begins at
  public static @Nullable BytePath of(BytePath directory, String text) {
    var from = text.startsWith("/") ? 1 : 0;
    var drive =
        text.length() > from + 1
            && Character.isLetter(text.charAt(from))
            && text.charAt(from + 1) == ':';
    var plain = drive ? "/" + text.substring(from + 2) : text;
    var path = drive || plain.startsWith(".\\") ? plain.replace('\\', '/') : plain;
    return path.isEmpty() ? null : Links.lexical(directory, path.getBytes(StandardCharsets.UTF_8));
  }
}
