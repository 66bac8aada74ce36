package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that are written whole or not at all.
final class NewFile {
  private static final int BUFFER = 64 << 10;

  private NewFile() {}

  /// Writes what comes into a file that is not there yet, and says how far it is.
  ///
  /// @return how many bytes
  /// @throws IOException if it is there, or cannot be written to its end; then there is none
  static long write(InputStream in, Path file, Console console) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new Failure(Exit.USAGE, "there is no folder " + folder);
    }
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        var progress = Progress.of(console, "waiting for the server")) {
      var bytes = 0L;
      var buffer = new byte[BUFFER];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        out.write(buffer, 0, n);
        bytes += n;
        progress.at("%,d KiB written".formatted(bytes >> 10));
      }
      return bytes;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      // A part must not be taken for the whole.
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
