package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of the quarantine's journal, on disk before the act that it announces. The last record
/// of an id says in which state a crash left it.
public sealed interface JournalRecord {
  /// What it concerns.
  HeldId id();

  /// About to be taken.
  ///
  /// @param file which file it must be
  record Take(
      HeldId id,
      RuleId rule,
      String item,
      @Nullable Home owner,
      BytePath path,
      FileId file,
      FileKind kind,
      Instant at,
      Instant until,
      Map<String, String> reasons)
      implements JournalRecord {
    public Take {
      reasons = Map.copyOf(reasons);
    }
  }

  /// What is being taken is a list of another program, and a new one without some entries takes its
  /// place. Follows [Take].
  ///
  /// @param sha256 of the content that it must have
  /// @param result digest of the new one's content
  /// @param basis whose content the cuts are counted in: this one's, or that of one which was taken
  ///   from the same place before and amended once already
  /// @param cuts all that the new one lacks of the basis
  record Amend(HeldId id, String sha256, String result, HeldId basis, List<Amendment.Cut> cuts)
      implements JournalRecord {
    public Amend {
      cuts = List.copyOf(cuts);
    }
  }

  /// The old list is held, and what lies in its place is the new one or its user's own.
  record Amended(HeldId id) implements JournalRecord {}

  /// Nothing of an amendment lies beside the list any more; no longer held.
  record Settled(HeldId id) implements JournalRecord {}

  /// Copied whole from another file system; the source is untouched.
  record Copied(HeldId id, String digest) implements JournalRecord {}

  /// The source was set aside, found equal to the copy, and is being removed.
  record Removing(HeldId id) implements JournalRecord {}

  /// Held.
  ///
  /// @param digest of everything in it
  /// @param bytes content in all
  record Taken(HeldId id, String digest, long bytes) implements JournalRecord {}

  /// Not taken after all; it is where it was, a list beside its place.
  record PutBack(HeldId id) implements JournalRecord {}

  /// About to be given back.
  record GiveBack(HeldId id) implements JournalRecord {}

  /// Copied back whole to another file system, under a name of ours.
  ///
  /// @param file which file the copy is
  record CopiedBack(HeldId id, FileId file) implements JournalRecord {}

  /// Given back; no longer held. A list lies beside its place until it is [Settled].
  record GivenBack(HeldId id) implements JournalRecord {}

  /// Not given back after all; still held.
  record KeptBack(HeldId id) implements JournalRecord {}

  /// About to be removed for good.
  record Purge(HeldId id) implements JournalRecord {}

  /// Removed for good.
  record Purged(HeldId id) implements JournalRecord {}

  /// An empty directory is about to be removed, to be made again when something below it is given
  /// back.
  record Emptied(HeldId id, @Nullable Home owner, BytePath path, int uid, int gid, int mode)
      implements JournalRecord {}

  /// What was done to the stub in the place of a thing. It says nothing of the thing itself.
  sealed interface OfStub extends JournalRecord {}

  /// A stub is about to be left where the thing was taken from.
  ///
  /// @param sha256 of all that is in it
  /// @param until when it is taken away at the latest
  record Stub(HeldId id, String sha256, Instant until) implements OfStub {}

  /// The stub stands.
  record Stubbed(HeldId id) implements OfStub {}

  /// The stub is about to be taken away.
  record Unstub(HeldId id) implements OfStub {}

  /// No stub of ours stands there any more, nor lies beside its place.
  record Unstubbed(HeldId id) implements OfStub {}
}
