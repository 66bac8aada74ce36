package dev.interdict.agent.platform.linux.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a notifier must know of the process it is in.
///
/// @param uid of this process
/// @param busAddress of this process's own session, or null; never used for anybody else
/// @param runtimeFolders where each logged-in person has a folder
public record Surroundings(int uid, @Nullable String busAddress, Path runtimeFolders) {

  /// Those of this process.
  public static Surroundings ofThisProcess(Map<String, String> environment) {
    try {
      var uid = (int) Files.getAttribute(Path.of("/proc/self/"), "unix:uid");
      return new Surroundings(
          uid, environment.get("DBUS_SESSION_BUS_ADDRESS"), Path.of("/run/user"));
    } catch (IOException e) {
      throw new UncheckedIOException("/proc/self does not tell whose process this is", e);
    }
  }

  /// The bus of the session of `person`.
  SessionBus busOf(int person) {
    if (person == uid && busAddress != null) {
      var own = SessionBus.of(uid, busAddress);
      if (own != null) {
        return own;
      }
    }
    return SessionBus.of(person, runtimeFolders);
  }

  /// The group of the person who is logged in, as the folder of the session has it; a person can
  /// give it none but theirs. Null where nobody is logged in, or the folder is somebody else's.
  @Nullable Integer groupOf(int person) {
    var folder = runtimeFolders.resolve(Integer.toString(person));
    try {
      var owner = (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return owner == person
          ? (Integer) Files.getAttribute(folder, "unix:gid", LinkOption.NOFOLLOW_LINKS)
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
