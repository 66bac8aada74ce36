package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.FileSystem;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;

/// Takes one thing away from another file system: a complete copy first, then the source is set
/// aside under a name of ours, found equal to the copy, and removed. Until then the source is
/// whole; from then on the copy is.
final class TakingAcross {
  /// Room that stays free for the journal.
  private static final long RESERVE = 16L << 20;

  private final Vault vault;
  private final Acts acts;

  TakingAcross(Vault vault, Acts acts) {
    this.vault = vault;
    this.acts = acts;
  }

  void take(JournalRecord.Take take, Place place, Fd parent) throws IOException, RefusedException {
    String digest;
    try {
      digest = copy(take, place, parent);
    } catch (RefusedException e) {
      drop(take, place);
      throw e;
    } catch (KernelException e) {
      drop(take, place);
      throw Place.refusal(e);
    }
    vault.journal().append(new JournalRecord.Copied(take.id(), digest));
    setAside(take, place, parent, digest);
  }

  private String copy(JournalRecord.Take take, Place place, Fd parent)
      throws KernelException, RefusedException {
    var source = TreeDigest.of(parent, place.name(), place.owner());
    if (source.bytes() + RESERVE > FileSystem.of(vault.work()).freeBytes()) {
      throw new RefusedException(
          Refusal.NO_SPACE, "the quarantine needs " + source.bytes() + " bytes more");
    }
    TreeCopy.copy(parent, place.name(), vault.work(), Vault.name(take.id()), acts);
    var copy = TreeDigest.of(vault.work(), Vault.name(take.id()), place.owner());
    if (!copy.equals(source)) {
      throw new RefusedException(Refusal.CHANGED, "it was changed while it was copied");
    }
    return copy.sha256();
  }

  private void drop(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.work(), Vault.name(take.id()), place.owner(), acts);
    vault.journal().append(new JournalRecord.PutBack(take.id()));
  }

  /// Goes on from [JournalRecord.Copied].
  void setAside(JournalRecord.Take take, Place place, Fd parent, String digest)
      throws IOException, RefusedException {
    var aside = Place.aside(take.id());
    try {
      if (!Taking.there(parent, aside)) {
        acts.rename(parent, place.name(), parent, aside);
      }
      // Or a power cut may leave half of the source under its own name, beside the copy.
      acts.fsync(parent);
    } catch (KernelException e) {
      // The user removed it meanwhile, or we may not: the copy is not needed.
      drop(take, place);
      throw Place.refusal(e);
    }
    try {
      Taking.requireMatched(take, place, Kernel.stat(parent, aside));
      if (!TreeDigest.of(parent, aside, place.owner()).sha256().equals(digest)) {
        throw new RefusedException(Refusal.CHANGED, "it was changed after it was copied");
      }
    } catch (RefusedException e) {
      acts.rename(parent, aside, parent, place.name());
      acts.fsync(parent);
      drop(take, place);
      throw e;
    }
    vault.journal().append(new JournalRecord.Removing(take.id()));
    removeSource(take, place, parent);
    hold(take, place);
  }

  /// Goes on from [JournalRecord.Removing].
  void removeSource(JournalRecord.Take take, Place place, Fd parent)
      throws IOException, RefusedException {
    TreeRemoval.remove(parent, Place.aside(take.id()), place.owner(), acts);
  }

  /// The copy is the only one now.
  void hold(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    var name = Vault.name(take.id());
    if (Taking.there(vault.work(), name)) {
      acts.rename(vault.work(), name, vault.held(), name);
    }
    acts.fsync(vault.held());
    var digest = TreeDigest.of(vault.held(), name, place.owner());
    vault.journal().append(new JournalRecord.Taken(take.id(), digest.sha256(), digest.bytes()));
  }
}
