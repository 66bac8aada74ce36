package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import dev.interdict.agent.platform.linux.kernel.Stat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Takes one thing away: rename into the vault, where its user cannot reach it, and only then look
/// whether it is what was matched; if not, rename it back. Also finishes what a crash interrupted.
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
      if (parent == null || !there(parent, place.name())) {
        return new Outcome.AlreadyDone();
      }
      // A first look, so that what has changed long ago is not even moved.
      requireMatched(take, place, Kernel.stat(parent, place.name()));
      vault.journal().append(take);
      return move(take, place, parent);
    }
  }

  /// What taking would come to, without doing it.
  ///
  /// @return bytes of content, -1 where it is gone already
  long foresee(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    try (var parent = place.parentIfThere()) {
      if (parent == null || !there(parent, place.name())) {
        return -1;
      }
      requireMatched(take, place, Kernel.stat(parent, place.name()));
      return TreeSize.of(parent, place.name(), place.owner());
    } catch (KernelException e) {
      throw Place.refusal(e);
    }
  }

  /// Goes on from [JournalRecord.Take].
  Outcome move(JournalRecord.Take take, Place place, Fd parent)
      throws IOException, RefusedException {
    var id = take.id();
    try {
      acts.rename(parent, place.name(), vault.held(), Vault.name(id));
    } catch (KernelException e) {
      if (e.errno() == Errno.EXDEV) {
        across.take(take, place, parent);
        return new Outcome.Done();
      }
      vault.journal().append(new JournalRecord.PutBack(id));
      throw Place.refusal(e);
    }
    verify(take, place, parent);
    return new Outcome.Done();
  }

  /// What was moved is looked at where nobody can exchange it any more.
  private void verify(JournalRecord.Take take, Place place, @Nullable Fd parent)
      throws IOException, RefusedException {
    var name = Vault.name(take.id());
    try {
      requireMatched(take, place, Kernel.stat(vault.held(), name));
      var digest = digest(name, place);
      acts.fsync(vault.held());
      if (parent != null) {
        acts.fsync(parent);
      }
      vault.journal().append(new JournalRecord.Taken(take.id(), digest.sha256(), digest.bytes()));
    } catch (RefusedException e) {
      if (parent != null) {
        putBack(take.id(), place, parent);
      }
      throw e;
    }
  }

  private TreeDigest digest(byte[] name, Place place) throws KernelException, RefusedException {
    try {
      return TreeDigest.of(vault.held(), name, place.owner());
    } catch (KernelException e) {
      // A file that we may move and not read: without its digest we could not vouch for it.
      var other = Place.refusal(e);
      if (Place.absent(other)) {
        throw new RefusedException(Refusal.CHANGED, "it was changed while it was read");
      }
      throw other;
    }
  }

  private void putBack(HeldId id, Place place, Fd parent) throws IOException {
    acts.rename(vault.held(), Vault.name(id), parent, place.name());
    acts.fsync(parent);
    acts.fsync(vault.held());
    vault.journal().append(new JournalRecord.PutBack(id));
  }

  static void requireMatched(JournalRecord.Take take, Place place, Stat now)
      throws RefusedException {
    if (now.kind() == FileKind.SPECIAL) {
      throw new RefusedException(Refusal.NOT_A_FILE, "a pipe, socket or device");
    }
    if (now.kind() != take.kind() || !now.id().equals(take.file())) {
      throw new RefusedException(Refusal.CHANGED, "not the file that was matched");
    }
    if (now.uid() != place.owner()) {
      throw new RefusedException(Refusal.FOREIGN_OWNER, "it belongs to another user");
    }
  }

  /// After a crash before [JournalRecord.Taken]: it is either still in its place, or in the vault.
  void recover(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.work(), Vault.name(take.id()), place.owner(), acts);
    try (var parent = place.parentIfThere()) {
      if (!there(vault.held(), take.id())) {
        // It may have been put back without that being on disk.
        if (parent != null) {
          acts.fsync(parent);
        }
        acts.fsync(vault.held());
        vault.journal().append(new JournalRecord.PutBack(take.id()));
        return;
      }
      verify(take, place, parent);
    }
  }

  /// After a crash between [JournalRecord.Copied] and [JournalRecord.Taken]. Where the source went
  /// with its directory, the copy is what is left, and is held.
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

  static boolean there(Fd directory, HeldId id) throws KernelException {
    return there(directory, Vault.name(id));
  }

  static boolean there(Fd directory, byte[] name) throws KernelException {
    try {
      Kernel.stat(directory, name);
      return true;
    } catch (KernelException e) {
      if (Place.absent(e)) {
        return false;
      }
      throw e;
    }
  }
}
