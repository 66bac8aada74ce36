package dev.interdict.agent.notice;

import dev.interdict.policy.RuleId;

/// One thing to tell one person. Notices of the same rule to the same person replace each other.
public record Notice(RuleId rule, Phase phase, Urgency urgency, Recipient recipient, Texts texts) {

  /// How much a notice may intrude.
  public enum Urgency {
    LOW,
    NORMAL,
    /// Stays until it is answered, and breaks through a wish not to be disturbed.
    CRITICAL
  }
}
