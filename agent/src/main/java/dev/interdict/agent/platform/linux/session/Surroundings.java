package dev.interdict.agent.platform.linux.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
}
