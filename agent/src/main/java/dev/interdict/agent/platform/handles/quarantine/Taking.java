package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes one thing away: move into the vault, where its user cannot reach it by name, and only then
/// look whether it is what was matched; if not, move it back. Also finishes what a crash
/// interrupted.
final class Taking {
  private final Vault vault;
  private final Acts acts;
  private final TakingAcross across;

  Taking(Vault vault, Acts acts) {
    this.vault = vault;
    this.acts = acts;
    this.across = new TakingAcross(vault, acts);
  }

  /// @throws IOException if the machine does not let us; the journal says how far we came
  Outcome take(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent == null || !Place.there(acts.disk(), parent, place.name())) {
        return new Outcome.AlreadyDone();
      }
      // A first look, so that what has changed long ago is not even moved.
      requireMatched(take, place, acts.disk().look(parent, place.name()));
      vault.journal().append(take);
      move(take, place, parent);
      return new Outcome.Done();
    }
  }

  private void move(JournalRecord.Take take, Place place, Opened parent)
      throws IOException, RefusedException {
    try {
      acts.move(parent, place.name(), vault.held(), Vault.name(take.id()));
    } catch (DiskException e) {
      if (e.trouble() == Trouble.OTHER_VOLUME) {
        across.take(take, place, parent);
        return;
      }
      vault.journal().append(new JournalRecord.PutBack(take.id()));
      throw Place.refusal(e);
    }
    verify(take, place, parent);
  }

  /// What was moved is looked at where nobody can exchange it any more.
  private void verify(JournalRecord.Take take, Place place, @Nullable Opened parent)
      throws IOException, RefusedException {
    var name = Vault.name(take.id());
    try {
      requireMatched(take, place, acts.disk().look(vault.held(), name));
      var digest = digest(name, place);
      acts.sync(vault.held());
      if (parent != null) {
        acts.sync(parent);
      }
      vault.journal().append(new JournalRecord.Taken(take.id(), digest.sha256(), digest.bytes()));
    } catch (RefusedException e) {
      if (parent != null) {
        putBack(take.id(), place, parent);
      }
      throw e;
    }
  }

  private TreeDigest digest(byte[] name, Place place) throws DiskException, RefusedException {
    try {
      return TreeDigest.of(acts.disk(), vault.held(), name, place);
    } catch (DiskException e) {
      // Without its digest we could not vouch for it: a program that holds it open may still write.
      if (e.trouble() == Trouble.ABSENT) {
        throw new RefusedException(Refusal.CHANGED, "it was changed while it was read");
      }
      if (e.trouble() == Trouble.IN_USE) {
        throw new RefusedException(Refusal.IN_USE, "a program has a file in it open");
      }
      throw Place.refusal(e);
    }
  }

  private void putBack(HeldId id, Place place, Opened parent) throws IOException {
    acts.move(vault.held(), Vault.name(id), parent, place.name());
    acts.sync(parent);
    acts.sync(vault.held());
    vault.journal().append(new JournalRecord.PutBack(id));
  }

  static void requireMatched(JournalRecord.Take take, Place place, Node now)
      throws RefusedException {
    if (now.kind() == FileKind.SPECIAL) {
      throw new RefusedException(Refusal.NOT_A_FILE, "neither file, folder nor link");
    }
    if (now.kind() != take.kind() || !now.id().equals(take.file())) {
      throw new RefusedException(Refusal.CHANGED, "not the file that was matched");
    }
    if (!place.owned(now)) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "it belongs to another user");
    }
  }

  /// After a crash before [JournalRecord.Taken]: it is either still in its place, or in the vault.
  void recover(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.work(), Vault.name(take.id()), place, acts, vault.us());
    if (!Place.there(acts.disk(), vault.held(), Vault.name(take.id()))) {
      vault.journal().append(new JournalRecord.PutBack(take.id()));
      return;
    }
    try (var parent = place.parentIfThere()) {
      verify(take, place, parent);
    }
  }

  /// After a crash between [JournalRecord.Copied] and [JournalRecord.Taken]. Where the source went
  /// with its folder, the copy is what is left, and is held.
  void recover(JournalRecord.Take take, String digest, Place place)
      throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent == null) {
        across.hold(take, place);
      } else {
        across.setAside(take, place, parent, digest);
      }
    }
  }

  /// After a crash between [JournalRecord.Removing] and [JournalRecord.Taken].
  void recoverRemoval(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent != null) {
        across.removeSource(take, place, parent);
      }
    }
    across.hold(take, place);
  }
}
