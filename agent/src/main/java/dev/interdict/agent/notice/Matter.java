package dev.interdict.agent.notice;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;

/// What a notice says of one rule: what it is about, what to use instead, and the occasion.
///
/// The names come from a signed rule and are hostile all the same wherever they are shown.
///
/// @param replacement what to use instead; empty where the rule names nothing
/// @param replacementUrl where that is found, beginning with `https://`; empty where nowhere
/// @param enforcement never [Enforcement#OBSERVE], of which nobody is told
public record Matter(
    RuleId rule,
    String tool,
    String replacement,
    String replacementUrl,
    Enforcement enforcement,
    Phase phase) {
  public Matter {
    if (enforcement == Enforcement.OBSERVE) {
      throw new IllegalArgumentException("rule " + rule + " only observes; nobody is told of it");
    }
  }

  /// What `rule` has to say on this occasion.
  ///
  /// @throws IllegalArgumentException where the rule only observes
  public static Matter of(Rule rule, Phase phase) {
    var replacement = rule.tool().replacement();
    return new Matter(
        rule.id(),
        rule.tool().name(),
        replacement.name(),
        replacement.url(),
        rule.enforcement(),
        phase);
  }
}
