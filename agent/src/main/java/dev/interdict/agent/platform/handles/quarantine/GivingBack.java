package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Holding;
import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;

/// Puts a held thing back: to its own place only, into a folder that still is its owner's, never
/// over something else, and only if it is byte for byte what was taken.
///
/// What holds set-id bits is given back as a copy without them, so that no file with another name
/// outside is ever changed.
record GivingBack(Vault vault, Acts acts) {

  void giveBack(Holding holding, JournalRecord.Taken taken, Place place)
      throws IOException, RefusedException {
    var id = holding.take().id();
    try (var parent = open(place)) {
      if (Place.there(acts.disk(), parent, place.name())) {
        throw new RefusedException(Refusal.OCCUPIED, "something else has its name now");
      }
      var now = TreeDigest.of(acts.disk(), vault.held(), Vault.name(id), place);
      if (!now.sha256().equals(taken.digest())) {
        throw new RefusedException(Refusal.ALTERED, "it was changed while it was held");
      }
      vault.journal().append(new JournalRecord.GiveBack(id));
      try {
        if (now.setId()) {
          copyBack(id, taken.digest(), place, parent);
        } else {
          move(id, taken.digest(), place, parent);
        }
      } catch (RefusedException e) {
        vault.journal().append(new JournalRecord.KeptBack(id));
        throw e;
      }
    }
  }

  private static Opened open(Place place) throws DiskException, RefusedException {
    var parent = place.parentIfThere();
    if (parent == null) {
      throw new RefusedException(Refusal.CHANGED, "the folder it was in is gone");
    }
    return parent;
  }

  private void move(HeldId id, String digest, Place place, Opened parent)
      throws IOException, RefusedException {
    try {
      acts.move(vault.held(), Vault.name(id), parent, place.name());
    } catch (DiskException e) {
      if (e.trouble() != Trouble.OTHER_VOLUME) {
        throw occupied(e);
      }
      copyBack(id, digest, place, parent);
      return;
    }
    acts.sync(parent);
    acts.sync(vault.held());
    vault.journal().append(new JournalRecord.GivenBack(id));
  }

  private static DiskException occupied(DiskException e) throws RefusedException {
    if (e.trouble() == Trouble.OCCUPIED) {
      throw new RefusedException(Refusal.OCCUPIED, "something else has its name now");
    }
    return Place.refusal(e);
  }

  private void copyBack(HeldId id, String digest, Place place, Opened parent)
      throws IOException, RefusedException {
    var aside = Place.aside(id);
    try {
      TreeCopy.copy(vault.held(), Vault.name(id), parent, aside, acts);
      if (!TreeDigest.of(acts.disk(), parent, aside, place).sha256().equals(digest)) {
        throw new RefusedException(Refusal.CHANGED, "the copy was changed while it was made");
      }
    } catch (RefusedException e) {
      dropAside(id, place, parent);
      throw e;
    } catch (DiskException e) {
      dropAside(id, place, parent);
      throw Place.refusal(e);
    }
    var file = acts.disk().look(parent, aside).id();
    vault.journal().append(new JournalRecord.CopiedBack(id, file));
    name(id, file, place, parent);
  }

  /// Removes the copy beside its place. Its user can have put something else there, or into it:
  /// that stays.
  private void dropAside(HeldId id, Place place, Opened parent)
      throws DiskException, RefusedException {
    CopyRemoval.remove(
        parent, Place.aside(id), vault.held(), Vault.name(id), place, acts, vault.us());
  }

  /// What is held goes only once the copy has its name.
  private void name(HeldId id, FileId copy, Place place, Opened parent)
      throws IOException, RefusedException {
    requireCopy(copy, parent, Place.aside(id));
    try {
      acts.move(parent, Place.aside(id), parent, place.name());
    } catch (DiskException e) {
      dropAside(id, place, parent);
      throw occupied(e);
    }
    requireCopy(copy, parent, place.name());
    acts.sync(parent);
    drop(id, place);
  }

  private void requireCopy(FileId copy, Opened parent, byte[] name)
      throws DiskException, RefusedException {
    if (!Place.there(acts.disk(), parent, name)
        || !acts.disk().look(parent, name).id().equals(copy)) {
      throw new RefusedException(Refusal.CHANGED, "something else took the place of the copy");
    }
  }

  private void drop(HeldId id, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.held(), Vault.name(id), place, acts, vault.us());
    acts.sync(vault.held());
    vault.journal().append(new JournalRecord.GivenBack(id));
  }

  /// After a crash between [JournalRecord.GiveBack] and what follows: the move happened or not.
  void recover(HeldId id, Place place) throws IOException, RefusedException {
    if (!Place.there(acts.disk(), vault.held(), Vault.name(id))) {
      vault.journal().append(new JournalRecord.GivenBack(id));
      return;
    }
    try (var parent = place.parentIfThere()) {
      if (parent != null) {
        try {
          dropAside(id, place, parent);
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
      } else if (Place.there(acts.disk(), parent, Place.aside(id))) {
        try {
          name(id, copied.file(), place, parent);
        } catch (RefusedException e) {
          vault.journal().append(new JournalRecord.KeptBack(id));
          throw e;
        }
      } else if (Place.there(acts.disk(), parent, place.name())
          && acts.disk().look(parent, place.name()).id().equals(copied.file())) {
        drop(id, place);
      } else {
        vault.journal().append(new JournalRecord.KeptBack(id));
      }
    }
  }
}
