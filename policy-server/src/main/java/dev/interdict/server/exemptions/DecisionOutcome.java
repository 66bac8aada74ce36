package dev.interdict.server.exemptions;

import dev.interdict.server.publish.PublishOutcome;

/// What came of a decision.
public sealed interface DecisionOutcome {

  /// It is written down. Where devices are to learn of it, it is to be published next.
  ///
  /// @param now the case as it stands
  record Done(ExemptionCase now) implements DecisionOutcome {}

  /// Nothing was changed.
  ///
  /// @param reason why, and what to do
  record NotDone(PublishOutcome.Reason kind, String reason) implements DecisionOutcome {}
}
