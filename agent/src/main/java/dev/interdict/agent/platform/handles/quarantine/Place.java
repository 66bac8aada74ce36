package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place on the machine where something is taken from or given back to.
///
/// @param root the machine's root
/// @param owners one of whom must own it and the folder it is in
/// @param administrators another volume is entered only from a folder of theirs into one of theirs
record Place(
    Disk disk, Opened root, BytePath path, Set<String> owners, Set<String> administrators) {

  /// @throws RefusedException if no such home may be acted in
  static Place of(Disk disk, Opened root, Homes homes, @Nullable Home home, BytePath path)
      throws DiskException, RefusedException {
    var owners = homes.owners(root, home);
    var within = home == null ? BytePath.ROOT : home.path();
    if (owners.isEmpty()
        || path.depth() < 2
        || path.depth() <= within.depth()
        || !path.startsWith(within)) {
      throw new RefusedException(Refusal.NO_SUCH_HOME, "no such home is open on this machine");
    }
    return new Place(disk, root, path, owners, homes.administrators());
  }

  /// Opens the folder it is in.
  ///
  /// @throws DiskException ABSENT where there is none
  /// @throws RefusedException if it may not be acted in
  Opened parent() throws DiskException, RefusedException {
    try {
      var parent = descend();
      var node = disk.look(parent);
      if (!owners.contains(node.owner()) || node.open()) {
        parent.close();
        throw new RefusedException(Refusal.FOREIGN_OWNER, "its folder is not its owner's alone");
      }
      return parent;
    } catch (DiskException e) {
      throw refusal(e);
    }
  }

  private Opened descend() throws DiskException {
    var names = path.components();
    var here = root;
    for (var name : names.subList(0, names.size() - 1)) {
      var above = here;
      try {
        here = disk.enter(above, name);
        if (mounted(above, here)) {
          close(here);
          throw new DiskException(Trouble.OTHER_VOLUME, "enter", "volume");
        }
      } finally {
        close(above);
      }
    }
    return here;
  }

  /// Whether one is on another volume than the other, and a user could have put it there.
  private boolean mounted(Opened above, Opened below) throws DiskException {
    var one = disk.look(above);
    var other = disk.look(below);
    return one.id().device() != other.id().device()
        && !(administrators.contains(one.owner()) && administrators.contains(other.owner()));
  }

  private void close(Opened opened) {
    if (opened != root) {
      opened.close();
    }
  }

  /// As [#parent], or null where that folder is gone: its user removed it meanwhile.
  @Nullable Opened parentIfThere() throws DiskException, RefusedException {
    try {
      return parent();
    } catch (DiskException e) {
      if (e.trouble() == Trouble.ABSENT) {
        return null;
      }
      throw e;
    }
  }

  byte[] name() {
    return path.name();
  }

  boolean owned(Node node) {
    return owners.contains(node.owner());
  }

  /// The name under which something of ours lies beside it for a moment.
  static byte[] aside(HeldId id) {
    return (".interdict-" + id.text()).getBytes(StandardCharsets.US_ASCII);
  }

  /// Turns what a user's doing or rights cause into a refusal.
  ///
  /// @return `e` itself if it is none of these
  static DiskException refusal(DiskException e) throws RefusedException {
    return switch (e.trouble()) {
      case LINK -> throw new RefusedException(Refusal.LINK_IN_PATH, "a link is on the way to it");
      case OTHER_VOLUME ->
          throw new RefusedException(Refusal.OTHER_FILE_SYSTEM, "a mount is on the way to it");
      case DENIED -> throw new RefusedException(Refusal.DENIED, String.valueOf(e.getMessage()));
      case NO_SPACE -> throw new RefusedException(Refusal.NO_SPACE, String.valueOf(e.getMessage()));
      case UNSUPPORTED ->
          throw new RefusedException(Refusal.NOT_A_FILE, String.valueOf(e.getMessage()));
      case ABSENT, OCCUPIED, IN_USE, NOT_EMPTY, OTHER -> e;
    };
  }

  /// Whether the folder has an entry of that name.
  static boolean there(Disk disk, Opened folder, byte[] name) throws DiskException {
    try {
      disk.look(folder, name);
      return true;
    } catch (DiskException e) {
      if (e.trouble() == Trouble.ABSENT) {
        return false;
      }
      throw e;
    }
  }
}
