package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Removes folders that a package left empty, and makes them again when something below them is
/// given back. The system itself refuses to remove a folder with anything in it.
///
/// @param places finds the place of a path in a home
record EmptyFolders(Vault vault, Acts acts, RandomGenerator random, Places places) {
  private static final FileId NONE = new FileId(0, 0);

  interface Places {
    Place of(@Nullable Home home, BytePath path) throws DiskException, RefusedException;
  }

  Outcome remove(@Nullable Home owner, BytePath path) throws IOException, RefusedException {
    var place = places.of(owner, path);
    try (var parent = place.parentIfThere()) {
      if (parent == null || !Place.there(acts.disk(), parent, place.name())) {
        return new Outcome.AlreadyDone();
      }
      var node = acts.disk().look(parent, place.name());
      if (!node.directory() || !place.owned(node)) {
        throw new RefusedException(Refusal.FOREIGN_OWNER, "not a folder of its owner");
      }
      var user = owner == null ? 0 : owner.uid();
      vault
          .journal()
          .append(
              new JournalRecord.Emptied(
                  HeldId.fresh(random), owner, path, user, -1, node.mode() & 0777));
      acts.removeFolder(parent, place.name());
      return new Outcome.Done();
    } catch (DiskException e) {
      if (e.trouble() == Trouble.ABSENT) {
        return new Outcome.AlreadyDone();
      }
      if (e.trouble() == Trouble.NOT_EMPTY) {
        throw new RefusedException(Refusal.KEPT, "something is left in it");
      }
      throw Place.refusal(e);
    }
  }

  /// Makes the folders above `path` again that were removed here and are still missing.
  void restoreAbove(@Nullable Home owner, BytePath path) throws IOException, RefusedException {
    for (var depth = 1; depth < path.depth(); depth++) {
      var above = path;
      while (above.depth() > depth) {
        above = above.parent();
      }
      var removed = removed(owner, above);
      if (removed != null) {
        restore(removed);
      }
    }
  }

  private JournalRecord.@Nullable Emptied removed(@Nullable Home owner, BytePath path) {
    JournalRecord.Emptied found = null;
    for (var record : vault.journal().records()) {
      if (record instanceof JournalRecord.Emptied emptied
          && emptied.path().equals(path)
          && Objects.equals(emptied.owner(), owner)) {
        found = emptied;
      }
    }
    return found;
  }

  /// Made under a name of ours, so that its user never has it half done under its own.
  private void restore(JournalRecord.Emptied removed) throws IOException, RefusedException {
    var place = places.of(removed.owner(), removed.path());
    try (var parent = place.parentIfThere()) {
      if (parent == null || Place.there(acts.disk(), parent, place.name())) {
        return;
      }
      var name = Place.aside(removed.id());
      TreeRemoval.remove(parent, name, place, acts, vault.us());
      try (var made = acts.makeFolder(parent, name)) {
        acts.dress(made, like(removed, acts.disk().look(parent)));
      }
      acts.move(parent, name, parent, place.name());
      acts.sync(parent);
    }
  }

  /// As the folder that it was in, whose owner is one of the place's.
  private static Node like(JournalRecord.Emptied removed, Node parent) {
    return new Node(FileKind.DIRECTORY, NONE, parent.owner(), removed.mode(), 1, 0);
  }
}
