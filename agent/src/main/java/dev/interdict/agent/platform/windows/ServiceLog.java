package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.KnownFolders;
import com.sun.jna.platform.win32.Shell32Util;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;

/// Where the service host writes its log and what the agent says: a folder of the package's, which
/// only the system and administrators enter. Not run on Windows so far.
public final class ServiceLog {
  private static final Pattern HOSTS = Pattern.compile(".+\\.\\d{4}-\\d{2}-\\d{2}\\.log");

  private ServiceLog() {}

  /// Such as `C:\Program Files\Interdict Agent\log`, as Windows says, whatever an environment
  /// claims.
  public static Path folder() {
    return Path.of(
        Shell32Util.getKnownFolderPath(KnownFolders.FOLDERID_ProgramFiles),
        "Interdict Agent",
        "log");
  }

  /// Takes away what the service host wrote before a day: it begins a file on each day that the
  /// service starts on, keeps all of them, and knows no limit. The one that is written to is never
  /// that old at a start.
  ///
  /// @param before files whose last line is older than this go
  /// @throws IOException if the folder cannot be read, or a file stays
  public static void sweep(Path folder, Instant before) throws IOException {
    try (var all = Files.list(folder)) {
      for (var file : all.toList()) {
        if (HOSTS.matcher(file.getFileName().toString()).matches()
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.delete(file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
