package dev.interdict.agent.guard;

import dev.interdict.agent.match.Finding;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.decide.Situation.PolicyAge;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Exemptions;
import dev.interdict.policy.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What one person may do about one rule now.
///
/// @param judged the rule as it stands
/// @param user who asks
record Possible(
    Judged judged,
    String user,
    Exemptions exemptions,
    PolicyAge age,
    Instant now,
    Pseudonyms names) {
  private static final Duration HOUR = Duration.ofHours(1);

  /// The verbs of the command line that would be taken.
  Set<String> verbs() {
    var verbs = new LinkedHashSet<String>();
    if (lost() && mayAsk()) {
      verbs.add("request-exemption");
    }
    if (!concerned() || judged.rule().enforcement() == Enforcement.OBSERVE) {
      return verbs;
    }
    if (judged.verdict() instanceof Verdict.Waiting(var date)) {
      // Who was told nothing yet is told first, and soon: another time could not be promised.
      var told = judged.history().of(user).firstShown() != null;
      if (told && (date.at() == null || now.isBefore(date.at().minus(HOUR)))) {
        verbs.add("remind");
      }
      if (date.at() != null && putOffLeft() > 0) {
        verbs.add("defer");
      }
      if (mayRemove()) {
        verbs.add("remove");
      }
    }
    if (mayAsk()) {
      verbs.add("request-exemption");
      if (!disputable().isEmpty()) {
        verbs.add("dispute");
      }
    }
    return verbs;
  }

  /// Whether the rule has found something that is this person's matter.
  boolean concerned() {
    return !judged.findings().isEmpty() && judged.sighting().people().contains(user);
  }

  /// Whether nothing of theirs is found any more of what this person was told about, as after its
  /// removal, whatever others have: then it comes back only under an exemption, which they must be
  /// able to ask for.
  boolean lost() {
    return !concerned()
        && judged.rule().enforcement() == Enforcement.REMOVE
        && judged.history().people().containsKey(user);
  }

  /// How many times the removal may still be put off here.
  int putOffLeft() {
    return judged.rule().enforcement().compareTo(Enforcement.BLOCK) < 0
        ? 0
        : Math.max(0, judged.rule().timeline().deferral().times() - judged.history().putOff());
  }

  private boolean mayRemove() {
    return judged.rule().enforcement() == Enforcement.REMOVE
        && age != PolicyAge.EXPIRED
        && !judged.history().consents().contains(user)
        && judged.findings().stream().anyMatch(this::ownAndStrong);
  }

  private boolean ownAndStrong(Finding finding) {
    var owner = finding.item().owner();
    return owner != null
        && owner.user().equals(user)
        && finding.strength() == Matcher.Strength.STRONG;
  }

  private boolean mayAsk() {
    return switch (judged.verdict()) {
      case Verdict.Waiting _, Verdict.Due _, Verdict.Exempt _, Verdict.Held _ -> true;
      case Verdict.OutOfScope _, Verdict.Unannounced _ -> false;
    };
  }

  /// The findings of which this person may say that they are not that tool: once each, and not of a
  /// strong identity that somebody has confirmed.
  List<Finding> disputable() {
    return judged.findings().stream()
        .filter(finding -> {
          var owner = finding.item().owner();
          return owner == null || owner.user().equals(user);
        })
        .filter(finding -> !judged.history().disputed().contains(key(finding)))
        .filter(finding ->
            finding.strength() != Matcher.Strength.STRONG || !Judge.confirmed(finding, exemptions))
        .toList();
  }

  String key(Finding finding) {
    return Reporting.key(finding.item(), names);
  }
}
