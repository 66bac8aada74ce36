package dev.interdict.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule as it stands on the device.
///
/// @param rule the rule's id
/// @param presence set exactly when the state is `PRESENT`
/// @param date the device's own date of removal; null while none is set
/// @param exemptUntil the end of an exemption the device holds, whatever the state; null for none
/// @param findings what is there, and what an installation left behind; at most
///   [ReportJson#MAX_FINDINGS]
/// @param actions since the report before, at most [ReportJson#MAX_ACTIONS]
/// @param notices what became of its notices since the report before, at most
///   [ReportJson#MAX_NOTICES]
/// @param answers what people at the device answered, at most [ReportJson#MAX_ANSWERS]
public record ReportedRule(
    String rule,
    RuleState state,
    @Nullable Presence presence,
    @Nullable Instant date,
    @Nullable Instant exemptUntil,
    List<ReportedFinding> findings,
    List<ReportedAction> actions,
    List<ReportedNotice> notices,
    List<ReportedAnswer> answers) {
  private static final int LONGEST_ID = 100;

  /// @throws IllegalArgumentException if the id is not kebab-case, or the state contradicts the
  ///   presence or the findings
  public ReportedRule {
    if (!isId(rule)) {
      throw new IllegalArgumentException("a rule id is kebab-case, at most 100 characters");
    }
    if ((presence != null) != (state == RuleState.PRESENT)) {
      throw new IllegalArgumentException("a presence belongs to the state present and to no other");
    }
    findings = List.copyOf(findings);
    actions = List.copyOf(actions);
    notices = List.copyOf(notices);
    answers = List.copyOf(answers);
    if (!state.hasIt()
        && findings.stream().anyMatch(one -> one.strength() != EvidenceStrength.RESIDUE)) {
      throw new IllegalArgumentException(
          "rule " + rule + " has findings, so its state cannot be " + state);
    }
  }

  /// One of which nobody was told anything, and nobody answered.
  public ReportedRule(
      String rule,
      RuleState state,
      @Nullable Presence presence,
      @Nullable Instant date,
      @Nullable Instant exemptUntil,
      List<ReportedFinding> findings,
      List<ReportedAction> actions) {
    this(rule, state, presence, date, exemptUntil, findings, actions, List.of(), List.of());
  }

  /// By hand, since a server does it for every rule of every report.
  private static boolean isId(String text) {
    if (text.isEmpty() || text.length() > LONGEST_ID) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (!plain && !(i > 0 && (c == '.' || c == '-'))) {
        return false;
      }
    }
    return true;
  }

  /// The same, with what was told and answered.
  public ReportedRule with(List<ReportedNotice> notices, List<ReportedAnswer> answers) {
    return new ReportedRule(
        rule, state, presence, date, exemptUntil, findings, actions, notices, answers);
  }
}
