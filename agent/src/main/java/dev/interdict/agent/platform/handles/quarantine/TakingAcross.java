package dev.interdict.agent.platform.handles.quarantine;

import dev.interdict.agent.enforce.JournalRecord;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Opened;
import java.io.IOException;

/// Takes one thing away from another volume: a complete copy first, then the source is set aside
/// under a name of ours, found equal to the copy, and removed. Until then the source is whole; from
/// then on the copy is.
record TakingAcross(Vault vault, Acts acts) {
  /// Room that stays free for the journal.
  private static final long RESERVE = 16L << 20;

  void take(JournalRecord.Take take, Place place, Opened parent)
      throws IOException, RefusedException {
    String digest;
    try {
      digest = copy(take, place, parent);
    } catch (RefusedException e) {
      drop(take, place);
      throw e;
    } catch (DiskException e) {
      drop(take, place);
      throw Place.refusal(e);
    }
    vault.journal().append(new JournalRecord.Copied(take.id(), digest));
    setAside(take, place, parent, digest);
  }

  private String copy(JournalRecord.Take take, Place place, Opened parent)
      throws DiskException, RefusedException {
    var source = TreeDigest.of(acts.disk(), parent, place.name(), place);
    if (source.bytes() + RESERVE > acts.disk().free(vault.work())) {
      throw new RefusedException(
          Refusal.NO_SPACE, "the quarantine needs " + source.bytes() + " bytes more");
    }
    TreeCopy.copy(parent, place.name(), vault.work(), Vault.name(take.id()), acts);
    var copy = TreeDigest.of(acts.disk(), vault.work(), Vault.name(take.id()), place);
    if (!copy.same(source)) {
      throw new RefusedException(Refusal.CHANGED, "it was changed while it was copied");
    }
    return copy.sha256();
  }

  private void drop(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    TreeRemoval.remove(vault.work(), Vault.name(take.id()), place, acts, vault.us());
    vault.journal().append(new JournalRecord.PutBack(take.id()));
  }

  /// Goes on from [JournalRecord.Copied].
  void setAside(JournalRecord.Take take, Place place, Opened parent, String digest)
      throws IOException, RefusedException {
    var aside = Place.aside(take.id());
    try {
      if (!Place.there(acts.disk(), parent, aside)) {
        acts.move(parent, place.name(), parent, aside);
      }
    } catch (DiskException e) {
      // The user removed it meanwhile, or we may not: the copy is not needed.
      drop(take, place);
      throw Place.refusal(e);
    }
    try {
      Taking.requireMatched(take, place, acts.disk().look(parent, aside));
      if (!TreeDigest.of(acts.disk(), parent, aside, place).sha256().equals(digest)) {
        throw new RefusedException(Refusal.CHANGED, "it was changed after it was copied");
      }
    } catch (RefusedException e) {
      acts.move(parent, aside, parent, place.name());
      drop(take, place);
      throw e;
    }
    vault.journal().append(new JournalRecord.Removing(take.id()));
    removeSource(take, place, parent);
    hold(take, place);
  }

  /// Goes on from [JournalRecord.Removing].
  void removeSource(JournalRecord.Take take, Place place, Opened parent)
      throws IOException, RefusedException {
    TreeRemoval.remove(parent, Place.aside(take.id()), place, acts, vault.us());
    acts.sync(parent);
  }

  /// The copy is the only one now.
  void hold(JournalRecord.Take take, Place place) throws IOException, RefusedException {
    var name = Vault.name(take.id());
    if (Place.there(acts.disk(), vault.work(), name)) {
      acts.move(vault.work(), name, vault.held(), name);
    }
    acts.sync(vault.held());
    var digest = TreeDigest.of(acts.disk(), vault.held(), name, place);
    vault.journal().append(new JournalRecord.Taken(take.id(), digest.sha256(), digest.bytes()));
  }
}
