package dev.interdict.server.review;

import dev.interdict.json.Fields;
import dev.interdict.server.wording.Sentence;

/// How far a draft has come.
public enum DraftState {
  /// Being written; also after it was rejected, or changed after it was approved.
  OPEN,
  /// Waits for somebody else.
  IN_REVIEW,
  /// May be published, until the approval ends.
  APPROVED,
  /// Stands in a list that devices see.
  PUBLISHED,
  /// Given up.
  DISCARDED;

  /// The word in the database, in JSON and for people.
  public String written() {
    return Fields.written(this);
  }

  /// The same in a sentence.
  Sentence sentence() {
    return Sentence.word("draft.state", written());
  }

  static DraftState read(String word) {
    for (var state : values()) {
      if (state.written().equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no state of a draft: " + word);
  }

  boolean isClosed() {
    return this == PUBLISHED || this == DISCARDED;
  }
}
