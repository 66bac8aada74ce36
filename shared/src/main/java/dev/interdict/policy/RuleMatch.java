package dev.interdict.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        case UNKNOWN ->
            uncertain = uncertain == null && points(matcher, subject) ? matcher : uncertain;
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

  /// What `rule` says of one installation by all that is known of it: what it is, and the programs
  /// that belong to it.
  ///
  /// The strongest evidence counts. The installation is spared where any of this is protected or
  /// the replacement; only where the rule means the very identity, while a mere program of it is
  /// spared, is the match uncertain: told, so that putting a banned tool into a protected place
  /// does not hide it, and not acted upon.
  static RuleMatch of(Rule rule, Subject identity, List<Subject> programs) {
    var own = of(rule, identity);
    var best = own;
    for (var program : programs) {
      best = stronger(best, of(rule, program));
    }
    var by = by(best);
    if (by == null || best instanceof Spared) {
      return best;
    }
    var spared = spares(rule, identity);
    if (spared.isPresent()) {
      return new Spared(by, spared.get());
    }
    for (var program : programs) {
      var why = spares(rule, program);
      if (why.isPresent()) {
        return own instanceof Found(var named) ? new Uncertain(named) : new Spared(by, why.get());
      }
    }
    return best;
  }

  /// The matcher that decided; null where none did.
  private static @Nullable Matcher by(RuleMatch match) {
    return switch (match) {
      case Found(var by) -> by;
      case Uncertain(var by) -> by;
      case Spared(var by, _) -> by;
      case Missed() -> null;
    };
  }

  private static RuleMatch stronger(RuleMatch first, RuleMatch second) {
    return weight(second) > weight(first) ? second : first;
  }

  private static int weight(RuleMatch match) {
    return switch (match) {
      case Missed() -> 0;
      case Spared _ -> 1;
      case Uncertain _ -> 2;
      case Found(var by) -> by.strength() == Matcher.Strength.STRONG ? 4 : 3;
    };
  }

  /// Whether not knowing means anything: a digest alone, of a file that nobody has read, says as
  /// much of every program there is.
  private static boolean points(Matcher matcher, Subject subject) {
    return !(matcher instanceof Matcher.OfProgram(var home, var system, _, _)
        && home == null
        && system == null
        && subject instanceof Subject.OfProgram program
        && program.sha256() == null);
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
