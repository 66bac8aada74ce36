package dev.interdict.agent.enforce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What the journal knows of one stub.
///
/// @param take what was taken from its place
/// @param last the last step
public record StubState(
    JournalRecord.Take take, JournalRecord.Stub stub, JournalRecord.OfStub last) {

  /// Folds records into the stubs that are, or may be, somewhere, by the id of what was taken from
  /// their place, oldest first.
  public static SequencedMap<HeldId, StubState> fold(List<JournalRecord> records) {
    var taken = new LinkedHashMap<HeldId, JournalRecord.Take>();
    var stubs = new LinkedHashMap<HeldId, StubState>();
    for (var record : records) {
      if (record instanceof JournalRecord.Take take) {
        taken.put(take.id(), take);
      } else if (record instanceof JournalRecord.OfStub step) {
        var take = taken.get(step.id());
        var before = stubs.get(step.id());
        switch (step) {
          case JournalRecord.Stub stub when take != null ->
              stubs.put(stub.id(), new StubState(take, stub, stub));
          case JournalRecord.Unstubbed _ -> stubs.remove(step.id());
          case JournalRecord.Stub _, JournalRecord.Stubbed _, JournalRecord.Unstub _ -> {
            if (before != null) {
              stubs.put(step.id(), new StubState(before.take(), before.stub(), step));
            }
          }
        }
      }
    }
    return stubs;
  }

  /// Whether it stands, with nothing under way.
  public boolean resting() {
    return last instanceof JournalRecord.Stubbed;
  }
}
