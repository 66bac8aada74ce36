package dev.interdict.agent.platform.linux.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a person's session bus is, found without following a link and without connecting.
///
/// The check is against mistakes, not against the person, who may swap the socket at any time: who
/// connects does so with that person's rights only.
sealed interface SessionBus {

  /// @param group the group that the session's own folder has; a person can give it none but theirs
  record Found(Path socket, int group) implements SessionBus {}

  /// Nobody is logged in.
  record None() implements SessionBus {}

  /// Something is there that is not this person's socket.
  record Foreign() implements SessionBus {}

  /// The bus of `uid` at its usual place, `UID/bus` below `runtimeFolders` (`/run/user`).
  static SessionBus of(int uid, Path runtimeFolders) {
    var folder = runtimeFolders.resolve(Integer.toString(uid));
    try {
      return owner(folder) == uid ? at(folder, folder.resolve("bus"), uid) : new Foreign();
    } catch (NoSuchFileException e) {
      return new None();
    } catch (IOException e) {
      return new Foreign();
    }
  }

  /// The bus of our own session at the address that the session gave us, `unix:path=…`.
  ///
  /// @return null where the address is of another kind; those are not needed on any desktop, and
  ///   one of them (`unixexec:`) would start a program
  static @Nullable SessionBus of(int uid, String address) {
    var prefix = "unix:path=";
    if (!address.startsWith(prefix)) {
      return null;
    }
    var path = address.substring(prefix.length()).split("[,;]", 2)[0];
    if (!path.startsWith("/") || path.contains("%") || path.indexOf('\0') >= 0) {
      return null;
    }
    var socket = Path.of(path);
    var folder = socket.getParent();
    return folder == null ? null : at(folder, socket, uid);
  }

  private static SessionBus at(Path folder, Path socket, int uid) {
    try {
      var mode = (int) Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      var group = (int) Files.getAttribute(folder, "unix:gid", LinkOption.NOFOLLOW_LINKS);
      return socket(mode) && owner(socket) == uid ? new Found(socket, group) : new Foreign();
    } catch (NoSuchFileException e) {
      return new None();
    } catch (IOException e) {
      return new Foreign();
    }
  }

  private static int owner(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean socket(int mode) {
    return (mode & 0170000) == 0140000;
  }
}
