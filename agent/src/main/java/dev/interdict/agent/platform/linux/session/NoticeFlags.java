package dev.interdict.agent.platform.linux.session;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Tells the shells of people, without a process, that there is something to tell: an empty file
/// for each person, named by the account's number, in a folder that only we write. It is as old as
/// the latest thing to tell, so that a shell can compare it with the stamp of what it told last.
///
/// @param folder such as `/run/interdict-agent/notices`
public record NoticeFlags(Path folder) {

  /// Leaves flags for exactly these people.
  ///
  /// @param since by account number, from when on the person is to be told what is to be told now:
  ///   a new day, or the moment at which something new came up
  /// @throws IOException if the folder cannot be written
  public void keep(Map<Integer, Instant> since) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    var wanted = new TreeMap<String, Instant>();
    since.forEach((uid, from) -> wanted.put(Integer.toUnsignedString(uid), from));
    try (var flags = Files.newDirectoryStream(folder)) {
      for (var flag : flags) {
        if (!wanted.containsKey(String.valueOf(flag.getFileName()))) {
          Files.deleteIfExists(flag);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (var entry : wanted.entrySet()) {
      touch(folder.resolve(entry.getKey()), FileTime.from(entry.getValue()));
    }
  }

  private static void touch(Path flag, FileTime since) throws IOException {
    try {
      Files.setLastModifiedTime(flag, since);
    } catch (NoSuchFileException e) {
      Files.setLastModifiedTime(Files.createFile(flag), since);
    }
  }
}
