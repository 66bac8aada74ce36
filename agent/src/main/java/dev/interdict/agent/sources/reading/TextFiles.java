package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds and reads text files by name. In a home a link among a person's own files is common
/// (settings kept in one folder of their own) and is resolved by reading it; machine-wide the tree
/// itself knows which links are the system's.
public final class TextFiles {
  private static final int MAX_BYTES = 1 << 20;

  private TextFiles() {}

  /// The files of such names in the folders that a pattern means, by the path under which they are
  /// known.
  ///
  /// @param name pattern of a file name
  public static List<BytePath> named(Places places, String folders, String name) {
    var found = new ArrayList<BytePath>();
    for (var folder : places.find(places.within(), folders)) {
      if (name.indexOf('*') < 0) {
        found.add(folder.resolve(name));
        continue;
      }
      for (var entry : places.list(folder)) {
        var file = entry.kind() == FileKind.REGULAR || entry.kind() == FileKind.LINK;
        if (file && Places.matches(name, entry.name())) {
          found.add(folder.resolve(entry.name()));
        }
      }
    }
    return found;
  }

  /// The path without a link of the file that `path` means, or null where there is none.
  ///
  /// @throws UnreadableException if a link leads out of the home
  public static @Nullable BytePath real(Places places, BytePath path) throws UnreadableException {
    return places.within().depth() == 0 ? path : Links.real(places.tree(), places.within(), path);
  }

  /// The text of the file that `path` means, bytes that are no UTF-8 replaced; null where there is
  /// none, and a gap where it cannot be read or is longer than 1 MiB.
  public static @Nullable String text(Places places, BytePath path) {
    try {
      var real = real(places, path);
      var bytes = real == null ? null : places.tree().read(real, MAX_BYTES);
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    } catch (UnreadableException e) {
      places.out().gap(e);
      return null;
    }
  }
}
