package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.LinuxMachine;
import dev.interdict.agent.platform.linux.Resolution;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A place on the machine where something is taken from or given back to.
///
/// @param owner who must own it and the directory it is in
record Place(Resolution way, BytePath path, int owner) {

  /// @throws RefusedException if no such home is open
  static Place of(LinuxMachine machine, @Nullable Home home, BytePath path)
      throws RefusedException {
    var way = machine.way(home);
    if (way == null || path.depth() == 0 || (home != null && !path.startsWith(home.path()))) {
      throw new RefusedException(Refusal.NO_SUCH_HOME, "no such home is open on this machine");
    }
    return new Place(way, path, machine.owner(home));
  }

  /// Where something was taken from.
  ///
  /// @throws RefusedException if no such home is open
  static Place of(LinuxMachine machine, JournalRecord.Take take) throws RefusedException {
    return of(machine, take.owner(), take.path());
  }

  /// Opens the directory it is in.
  ///
  /// @throws KernelException ENOENT or ENOTDIR where there is none
  /// @throws RefusedException if it may not be acted in
  Fd parent() throws KernelException, RefusedException {
    Fd parent;
    try {
      parent = way.openParent(path);
    } catch (KernelException e) {
      throw refusal(e);
    }
    var stat = Kernel.stat(parent);
    if (stat.uid() != owner || (stat.mode() & 0002) != 0) {
      parent.close();
      throw new RefusedException(Refusal.FOREIGN_OWNER, "its directory is not its owner's alone");
    }
    return parent;
  }

  /// As [#parent], or null where that directory is gone: its user removed it meanwhile.
  @Nullable Fd parentIfThere() throws KernelException, RefusedException {
    try {
      return parent();
    } catch (KernelException e) {
      if (absent(e)) {
        return null;
      }
      throw e;
    }
  }

  byte[] name() {
    return path.name();
  }

  /// The name under which something of ours lies beside it for a moment.
  static byte[] aside(HeldId id) {
    return (".interdict-" + id.text()).getBytes(StandardCharsets.US_ASCII);
  }

  /// The place beside this one where a list waits to be exchanged for another.
  Place beside(HeldId id) {
    var name = (".interdict-" + id.text() + ".list").getBytes(StandardCharsets.US_ASCII);
    return new Place(way, path.parent().resolve(name), owner);
  }

  /// Turns what a user's doing or rights cause into a refusal.
  ///
  /// @return `e` itself if it is none of these
  static KernelException refusal(KernelException e) throws RefusedException {
    return switch (e.errno()) {
      case ELOOP -> throw new RefusedException(Refusal.LINK_IN_PATH, "a link is on the way to it");
      case EXDEV ->
          throw new RefusedException(Refusal.OTHER_FILE_SYSTEM, "a mount is on the way to it");
      case EACCES, EPERM, EROFS -> throw new RefusedException(Refusal.DENIED, e.errno().name());
      case ENOSPC, EDQUOT -> throw new RefusedException(Refusal.NO_SPACE, e.errno().name());
      case ENOENT,
          ESRCH,
          EINTR,
          EIO,
          ENXIO,
          EBADF,
          EAGAIN,
          ENOMEM,
          EBUSY,
          EEXIST,
          ENOTDIR,
          EISDIR,
          EINVAL,
          ENFILE,
          EMFILE,
          ENAMETOOLONG,
          ENOSYS,
          ENOTEMPTY,
          ESTALE,
          OTHER ->
          e;
    };
  }

  static boolean absent(KernelException e) {
    return e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
  }
}
