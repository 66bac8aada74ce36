package dev.interdict.agent.scan.memory;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Which build of the agent this is, so that what an older one remembers of fewer places is not
/// taken for all.
public final class Build {
  private Build() {}

  /// The archive that this program runs from, with its size and time. Classes in a folder, as while
  /// the agent is being developed, are never the same build twice.
  public static String running() {
    try {
      var source = Build.class.getProtectionDomain().getCodeSource();
      if (source != null) {
        var file = Path.of(source.getLocation().toURI());
        if (Files.isRegularFile(file)) {
          return "%s %d %s"
              .formatted(file.getFileName(), Files.size(file), Files.getLastModifiedTime(file));
        }
      }
    } catch (IOException | URISyntaxException e) {
      // Not to be told, so not the same as any other.
    }
    return UUID.randomUUID().toString();
  }
}
