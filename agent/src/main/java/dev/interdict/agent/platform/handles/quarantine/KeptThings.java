package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import java.util.List;

/// What a rule leaves to the user, by the file's own number: on disks that do not tell upper from
/// lower case, or that write an accent in two ways, another spelling of a name is the same thing.
record KeptThings(Disk disk, Opened root) {

  /// Refuses a thing that is, or holds, one of the kept paths.
  ///
  /// @param thing which file or folder is to be taken
  void require(FileId thing, List<BytePath> kept) throws DiskException, RefusedException {
    for (var path : kept) {
      if (onTheWay(thing, path)) {
        throw new RefusedException(Refusal.KEPT, "it holds data that the rule leaves to the user");
      }
    }
  }

  /// Whether one goes through the thing, or ends there. Where a link is on the way the rest of it
  /// lies elsewhere, which is not in the thing.
  private boolean onTheWay(FileId thing, BytePath path) throws DiskException {
    var here = root;
    try {
      for (var name : path.components()) {
        if (disk.look(here, name).id().equals(thing)) {
          return true;
        }
        var above = here;
        here = disk.enter(above, name);
        close(above);
      }
      return false;
    } catch (DiskException e) {
      return switch (e.trouble()) {
        case ABSENT, LINK -> false;
        case OCCUPIED, OTHER_VOLUME, IN_USE, NOT_EMPTY, DENIED, NO_SPACE, UNSUPPORTED, OTHER ->
            throw e;
      };
    } finally {
      close(here);
    }
  }

  private void close(Opened opened) {
    if (opened != root) {
      opened.close();
    }
  }
}
