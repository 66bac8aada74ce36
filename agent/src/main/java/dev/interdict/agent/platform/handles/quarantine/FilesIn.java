package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import java.util.HashSet;
import java.util.Set;

/// Which files lie in a matched folder and have no other name outside, so that a process that runs
/// one of them runs what was matched.
final class FilesIn implements TreeWalk.Visitor {
  private final Place place;
  private final FileId matched;
  private final Set<FileId> files = new HashSet<>();
  private boolean below;

  private FilesIn(Place place, FileId matched) {
    this.place = place;
    this.matched = matched;
  }

  /// @param matched which folder it must be
  static Set<FileId> of(Disk disk, Opened parent, Place place, FileId matched)
      throws DiskException, RefusedException {
    var visitor = new FilesIn(place, matched);
    TreeWalk.walk(disk, parent, place.name(), visitor);
    return Set.copyOf(visitor.files);
  }

  @Override
  public void enter(Opened parent, byte[] name, Opened folder, Node node) throws RefusedException {
    require(node);
    if (!below && !node.id().equals(matched)) {
      throw new RefusedException(Refusal.CHANGED, "not the folder that was matched");
    }
    below = true;
  }

  private void require(Node node) throws RefusedException {
    if (!place.owned(node)) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "something in it belongs to another user");
    }
  }

  @Override
  public void leaf(Opened parent, byte[] name, Node node) throws RefusedException {
    require(node);
    if (node.kind() == FileKind.REGULAR && node.links() == 1) {
      files.add(node.id());
    }
  }

  @Override
  public void leave(Opened parent, byte[] name, Node node) {
    // All there is to know was told on the way in.
  }
}
