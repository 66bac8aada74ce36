package dev.interdict.agent.report;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.match.Finding;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.Rule;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedNotice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one rule stands at the end of a cycle, after the verifying scan.
///
/// @param findings what is still there
/// @param residue what an installation left behind
/// @param notified whether a notice of the current date was shown
/// @param putOff whether the employee put it off
/// @param failing whether the last act on it failed
/// @param unverified whether something was done to it that no scan has verified
/// @param removed whether its removal was verified and it has not been seen since
/// @param acts since the report before
/// @param paused whether nothing of it may be acted upon at present, though its date may have come
/// @param snoozed whether the employee asked to be reminded later, and that time has not come
/// @param notices what became of its notices since the report before, the oldest first
/// @param answers what people at the device answered, the oldest first
public record RuleStanding(
    Rule rule,
    List<Finding> findings,
    List<Finding> residue,
    Verdict verdict,
    boolean notified,
    boolean putOff,
    boolean failing,
    boolean unverified,
    boolean removed,
    List<Entry.Acted> acts,
    boolean paused,
    boolean snoozed,
    List<ReportedNotice> notices,
    List<ReportedAnswer> answers) {
  public RuleStanding {
    findings = List.copyOf(findings);
    residue = List.copyOf(residue);
    acts = List.copyOf(acts);
    notices = List.copyOf(notices);
    answers = List.copyOf(answers);
  }

  /// One of which nobody was told anything, and nobody answered.
  public RuleStanding(
      Rule rule,
      List<Finding> findings,
      List<Finding> residue,
      Verdict verdict,
      boolean notified,
      boolean putOff,
      boolean failing,
      boolean unverified,
      boolean removed,
      List<Entry.Acted> acts) {
    this(
        rule,
        findings,
        residue,
        verdict,
        notified,
        putOff,
        failing,
        unverified,
        removed,
        acts,
        false,
        false,
        List.of(),
        List.of());
  }

  /// The device's own date, where one is set.
  public @Nullable Instant date() {
    if (findings.isEmpty()) {
      return null;
    }
    return switch (verdict) {
      case Verdict.Waiting(var date) -> date.end();
      case Verdict.Due(var date, var _) -> date.end();
      case Verdict.OutOfScope _, Verdict.Unannounced _, Verdict.Exempt _, Verdict.Held _ -> null;
    };
  }

  /// The end of an exemption, where one is held.
  public @Nullable Instant exemptUntil() {
    return verdict instanceof Verdict.Exempt(var exemption) ? exemption.until() : null;
  }
}
