package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;

/// Removes one entry of a folder with all that is below it, as long as it belongs to its owners or
/// to us: what another one's hand moved in there ends the removal.
///
/// @param us who owns what we made
record TreeRemoval(Acts acts, Place place, String us) implements TreeWalk.Visitor {

  /// Does nothing where there is no such entry.
  static void remove(Opened parent, byte[] name, Place place, Acts acts, String us)
      throws DiskException, RefusedException {
    try {
      TreeWalk.walk(acts.disk(), parent, name, new TreeRemoval(acts, place, us));
    } catch (DiskException e) {
      if (e.trouble() != Trouble.ABSENT) {
        throw e;
      }
    }
  }

  @Override
  public void enter(Opened parent, byte[] name, Opened folder, Node node) throws RefusedException {
    require(node);
  }

  private void require(Node node) throws RefusedException {
    if (!place.owned(node) && !node.owner().equals(us)) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "something in it belongs to another user");
    }
  }

  @Override
  public void leaf(Opened parent, byte[] name, Node node) throws DiskException, RefusedException {
    require(node);
    acts.remove(parent, name);
  }

  @Override
  public void leave(Opened parent, byte[] name, Node node) throws DiskException {
    acts.removeFolder(parent, name);
  }
}
