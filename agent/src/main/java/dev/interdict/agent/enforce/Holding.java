package dev.interdict.agent.enforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What the journal knows of one thing: its beginning, what was found when it was taken, and the
/// last step.
///
/// @param amend how a list was made anew in its place; null for everything else
/// @param taken null until it was taken
/// @param amended null until a list is held and another is in its place
public record Holding(
    JournalRecord.Take take,
    JournalRecord.@Nullable Amend amend,
    JournalRecord.@Nullable Taken taken,
    JournalRecord.@Nullable Amended amended,
    JournalRecord last) {

  /// Folds records into holdings by id, oldest first. Records of an id whose beginning is lost are
  /// left out: the thing itself stays where it is.
  public static SequencedMap<HeldId, Holding> fold(List<JournalRecord> records) {
    var holdings = new LinkedHashMap<HeldId, Holding>();
    for (var record : records) {
      var before = holdings.get(record.id());
      if (record instanceof JournalRecord.Take take) {
        holdings.put(take.id(), new Holding(take, null, null, null, take));
      } else if (before != null && !(record instanceof JournalRecord.OfStub)) {
        holdings.put(record.id(), before.after(record));
      }
    }
    return holdings;
  }

  private Holding after(JournalRecord record) {
    return new Holding(
        take,
        record instanceof JournalRecord.Amend now ? now : amend,
        record instanceof JournalRecord.Taken now ? now : taken,
        record instanceof JournalRecord.Amended now ? now : amended,
        record);
  }

  /// Whether it lies in quarantine, with nothing under way.
  public boolean resting() {
    return amend == null
        ? taken != null
            && (last instanceof JournalRecord.Taken || last instanceof JournalRecord.KeptBack)
        : amended != null
            && (last instanceof JournalRecord.Amended || last instanceof JournalRecord.KeptBack);
  }

  /// Whether it is, or may be, in quarantine.
  public boolean open() {
    return switch (last) {
      case JournalRecord.PutBack _, JournalRecord.GivenBack _ -> amend != null;
      case JournalRecord.Purged _, JournalRecord.Settled _ -> false;
      case JournalRecord.Take _,
          JournalRecord.Amend _,
          JournalRecord.Amended _,
          JournalRecord.Copied _,
          JournalRecord.Removing _,
          JournalRecord.Taken _,
          JournalRecord.GiveBack _,
          JournalRecord.CopiedBack _,
          JournalRecord.KeptBack _,
          JournalRecord.Purge _,
          JournalRecord.Emptied _,
          JournalRecord.OfStub _ ->
          true;
    };
  }

  /// How it is shown.
  public Held held() {
    return new Held(
        take.id(),
        take.rule(),
        take.item(),
        take.owner(),
        take.path(),
        take.kind(),
        taken == null ? 0 : taken.bytes(),
        take.at(),
        take.until(),
        take.reasons());
  }
}
