package dev.interdict.server.exemptions;

import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.wording.Sentence;

/// What came of a decision.
public sealed interface DecisionOutcome {

  /// It is written down. Where devices are to learn of it, it is to be published next.
  ///
  /// @param now the case as it stands
  record Done(ExemptionCase now) implements DecisionOutcome {}

  /// Nothing was changed.
  ///
  /// @param why with what to do
  record NotDone(PublishOutcome.Reason kind, Sentence why) implements DecisionOutcome {
    /// Why, in English.
    public String reason() {
      return why.text();
    }
  }
}
