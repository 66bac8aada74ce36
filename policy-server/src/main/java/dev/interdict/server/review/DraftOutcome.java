package dev.interdict.server.review;

import dev.interdict.server.publish.PublishOutcome;

/// What came of something done to a draft.
public sealed interface DraftOutcome {

  /// It is written down.
  record Done(StoredDraft now) implements DraftOutcome {}

  /// Nothing was changed.
  ///
  /// @param reason why, and what to do
  record NotDone(PublishOutcome.Reason kind, String reason) implements DraftOutcome {}
}
