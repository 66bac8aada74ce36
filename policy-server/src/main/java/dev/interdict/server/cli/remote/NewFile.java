package dev.interdict.server.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files that are written whole or not at all.
final class NewFile {
  private NewFile() {}

  /// Writes what comes into a file that is not there yet.
  ///
  /// @return how many bytes
  /// @throws IOException if it is there, or cannot be written to its end; then there is none
  static long write(InputStream in, Path file) throws IOException {
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      return in.transferTo(out);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      // A part must not be taken for the whole.
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
