package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;

/// Puts a held thing back: to its own place only, into a directory that still is its owner's, never
/// over something else, and only if it is byte for byte what was taken.
final class GivingBack {
  private final Vault vault;
  private final Acts acts;

  GivingBack(Vault vault, Acts acts) {
    this.vault = vault;
    this.acts = acts;
  }

  void giveBack(Holding holding, JournalRecord.Taken taken, Place place)
      throws IOException, RefusedException {
    var id = holding.take().id();
    try (var parent = open(place)) {
      if (Taking.there(parent, place.name())) {
        throw new RefusedException(Refusal.OCCUPIED, "something else has its name now");
      }
      if (!TreeDigest.of(vault.held(), Vault.name(id), place.owner())
          .sha256()
          .equals(taken.digest())) {
        throw new RefusedException(Refusal.ALTERED, "it was changed while it was held");
      }
      vault.journal().append(new JournalRecord.GiveBack(id));
      try {
        SetIdBits.strip(vault, id, acts);
        move(id, taken.digest(), place, parent);
      } catch (RefusedException e) {
        vault.journal().append(new JournalRecord.KeptBack(id));
        throw e;
      }
    }
  }

  private static Fd open(Place place) throws KernelException, RefusedException {
    var parent = place.parentIfThere();
    if (parent == null) {
      throw new RefusedException(Refusal.CHANGED, "the directory it was in is gone");
    }
    return parent;
  }

  private void move(HeldId id, String digest, Place place, Fd parent)
      throws IOException, RefusedException {
    try {
      acts.rename(vault.held(), Vault.name(id), parent, place.name());
    } catch (KernelException e) {
      if (e.errno() != Errno.EXDEV) {
        throw occupied(e);
      }
      copyBack(id, digest, place, parent);
      return;
    }
    acts.fsync(parent);
    acts.fsync(vault.held());
    vault.journal().append(new JournalRecord.GivenBack(id));
  }

  private static KernelException occupied(KernelException e) throws RefusedException {
    if (e.errno() == Errno.EEXIST) {
      throw new RefusedException(Refusal.OCCUPIED, "something else has its name now");
    }
    return Place.refusal(e);
  }

  private void copyBack(HeldId id, String digest, Place place, Fd parent)
      throws IOException, RefusedException {
    var aside = Place.aside(id);
    try {
      TreeCopy.copy(vault.held(), Vault.name(id), parent, aside, acts);
      if (!TreeDigest.of(parent, aside, place.owner()).sha256().equals(digest)) {
        throw new RefusedException(Refusal.CHANGED, "the copy was changed while it was made");
      }
    } catch (RefusedException e) {
      clear(id, place, parent);
      throw e;
    } catch (KernelException e) {
      clear(id, place, parent);
      throw Place.refusal(e);
    }
    var file = Kernel.stat(parent, aside).id();
    vault.journal().append(new JournalRecord.CopiedBack(id, file));
    name(id, file, place, parent);
  }

  /// Removes the copy beside its place. Its user can have put something else there, or into it:
  /// that stays.
  private void clear(HeldId id, Place place, Fd parent) throws KernelException, RefusedException {
    CopyRemoval.remove(parent, Place.aside(id), vault.held(), Vault.name(id), place.owner(), acts);
  }

  /// Goes on from [JournalRecord.CopiedBack]. What is held goes only once the copy has its name.
  private void name(HeldId id, FileId copy, Place place, Fd parent)
      throws IOException, RefusedException {
    requireCopy(copy, parent, Place.aside(id));
    try {
      acts.rename(parent, Place.aside(id), parent, place.name());
    } catch (KernelException e) {
      clear(id, place, parent);
      throw occupied(e);
    }
    requireCopy(copy, parent, place.name());
    acts.fsync(parent);
    drop(id, place);
  }

  private static void requireCopy(FileId copy, Fd parent, byte[] name)
      throws KernelException, RefusedException {
    if (!Taking.there(parent, name) || !Kernel.stat(parent, name).id().equals(copy)) {
      throw new RefusedException(Refusal.CHANGED, "something else took the place of the copy");
    }
  }

  private void drop(HeldId id, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.held(), Vault.name(id), place.owner(), acts);
    vault.journal().append(new JournalRecord.GivenBack(id));
  }

  /// After a crash between [JournalRecord.GiveBack] and what follows: the rename happened or not.
  void recover(HeldId id, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.work(), Vault.name(id), place.owner(), acts);
    try (var parent = place.parentIfThere()) {
      if (!Taking.there(vault.held(), id)) {
        // It is in its place, and that may not be on disk.
        if (parent != null) {
          acts.fsync(parent);
        }
        acts.fsync(vault.held());
        vault.journal().append(new JournalRecord.GivenBack(id));
        return;
      }
      if (parent != null) {
        try {
          clear(id, place, parent);
        } catch (RefusedException e) {
          vault.journal().append(new JournalRecord.KeptBack(id));
          throw e;
        }
      }
    }
    vault.journal().append(new JournalRecord.KeptBack(id));
  }

  /// After a crash between [JournalRecord.CopiedBack] and [JournalRecord.GivenBack].
  void recover(JournalRecord.CopiedBack copied, Place place) throws IOException, RefusedException {
    var id = copied.id();
    try (var parent = place.parentIfThere()) {
      if (parent == null) {
        vault.journal().append(new JournalRecord.KeptBack(id));
      } else if (Taking.there(parent, Place.aside(id))) {
        try {
          name(id, copied.file(), place, parent);
        } catch (RefusedException e) {
          vault.journal().append(new JournalRecord.KeptBack(id));
          throw e;
        }
      } else if (Taking.there(parent, place.name())
          && Kernel.stat(parent, place.name()).id().equals(copied.file())) {
        drop(id, place);
      } else {
        vault.journal().append(new JournalRecord.KeptBack(id));
      }
    }
  }
}
