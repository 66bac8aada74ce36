package dev.interdict.server.cli.terminal;

import dev.interdict.server.keys.UnusableKeyException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// A disk's or a key's complaint in words; the exceptions' own messages are often no more than a
/// path.
public final class Disk {
  private Disk() {}

  public static Failure failure(IOException e) {
    return switch (e) {
      case NoSuchFileException missing ->
          new Failure(Exit.USAGE, "there is no file " + missing.getFile());
      case AccessDeniedException denied ->
          new Failure(
              Exit.REFUSED,
              "no permission for "
                  + denied.getFile()
                  + "; run as the owner, or choose another place");
      case FileAlreadyExistsException existing ->
          new Failure(Exit.CONFLICT, existing.getFile() + " is there already");
      case UnusableKeyException key -> new Failure(Exit.TRUST, String.valueOf(key.getMessage()));
      case FileSystemException other ->
          new Failure(
              Exit.REFUSED,
              other.getFile() + ": " + (other.getReason() == null ? "failed" : other.getReason()));
      case IOException _ when "Is a directory".equals(e.getMessage()) ->
          new Failure(Exit.USAGE, "a folder is named where a file is needed");
      default -> new Failure(Exit.REFUSED, String.valueOf(e.getMessage()));
    };
  }
}
