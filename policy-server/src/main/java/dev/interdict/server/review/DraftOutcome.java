package dev.interdict.server.review;

import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.wording.Sentence;

/// What came of something done to a draft.
public sealed interface DraftOutcome {

  /// It is written down.
  record Done(StoredDraft now) implements DraftOutcome {}

  /// Nothing was changed.
  ///
  /// @param why with what to do
  record NotDone(PublishOutcome.Reason kind, Sentence why) implements DraftOutcome {
    /// Why, in English.
    public String reason() {
      return why.text();
    }
  }
}
