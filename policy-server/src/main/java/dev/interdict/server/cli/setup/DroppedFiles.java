package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// The files of settings in `server.d`: those that are read are those that a backup holds.
public final class DroppedFiles {
  private DroppedFiles() {}

  /// All of them, in the order in which they are read; none where there is no such folder. A link
  /// counts as the file it leads to. What editors and programs leave beside them (`.#60.yaml`,
  /// `#60.yaml`, `.60.yaml`) is none.
  ///
  /// @throws Failure if there is something else where a file is expected, with its name: settings
  ///   that are left out silently are those of before
  public static List<Path> of(ServerFolder folder) throws IOException {
    var place = folder.dropped();
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (!Files.isDirectory(place)) {
      throw new Failure(
          Exit.USAGE, place + " is no folder; files of settings lie in one, or there is none");
    }
    try (var files = Files.list(place)) {
      var named = files.filter(DroppedFiles::isNamedSo).sorted().toList();
      for (var file : named) {
        if (!Files.isRegularFile(file)) {
          throw new Failure(
              Exit.USAGE, file + " is no file, nor a link to one; mend it or take it away");
        }
      }
      return named;
    }
  }

  private static boolean isNamedSo(Path file) {
    var name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") && !name.startsWith(".") && !name.startsWith("#");
  }
}
