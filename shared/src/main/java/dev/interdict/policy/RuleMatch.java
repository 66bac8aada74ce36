package dev.interdict.policy;

import java.util.Optional;

/// What one rule says of one subject, protection included: a rule never reaches protected software
/// or its own replacement, whatever its matchers say.
public sealed interface RuleMatch {

  /// The rule means the subject.
  record Found(Matcher by) implements RuleMatch {}

  /// The rule may mean the subject; what would decide it is not known. Never acted upon.
  record Uncertain(Matcher by) implements RuleMatch {}

  /// A matcher means the subject, but it is protected.
  ///
  /// @param why names what protects it, for people
  record Spared(Matcher by, String why) implements RuleMatch {}

  /// The rule does not mean the subject.
  record Missed() implements RuleMatch {}

  /// What `rule` says of `subject`, by the first of its strong matchers that means it, then by the
  /// first weak one.
  static RuleMatch of(Rule rule, Subject subject) {
    Matcher uncertain = null;
    Matcher weak = null;
    for (var matcher : rule.match()) {
      switch (Matching.hit(matcher, subject)) {
        case YES -> {
          if (matcher.strength() == Matcher.Strength.STRONG) {
            return guarded(new Found(matcher), matcher, rule, subject);
          }
          weak = weak == null ? matcher : weak;
        }
        case UNKNOWN -> uncertain = uncertain == null ? matcher : uncertain;
        case NO -> {}
      }
    }
    if (weak != null) {
      return guarded(new Found(weak), weak, rule, subject);
    }
    return uncertain == null
        ? new Missed()
        : guarded(new Uncertain(uncertain), uncertain, rule, subject);
  }

  private static RuleMatch guarded(RuleMatch match, Matcher by, Rule rule, Subject subject) {
    return spares(rule, subject).<RuleMatch>map(why -> new Spared(by, why)).orElse(match);
  }

  private static Optional<String> spares(Rule rule, Subject subject) {
    var replacement = rule.tool().replacement();
    return replacement.identities().stream()
            .anyMatch(identity -> Matching.hit(identity, subject) != Hit.NO)
        ? Optional.of("the approved replacement " + replacement.name())
        : ProtectedSoftware.protects(subject);
  }
}
