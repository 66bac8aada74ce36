package dev.interdict.server.fleet;

import static dev.interdict.json.Fields.written;

import dev.interdict.report.ActionKind;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Shade;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule on a device as its reports told it one after the other: a row of `rule_state`, which
/// [RuleRows] reads and writes. Each follows from the one before and the next report alone, so all
/// can be made anew from the bytes. Times are milliseconds since 1970.
///
/// @param since since when it is in this state
/// @param firstSeen when the software was first reported
/// @param error the class of what went wrong, while the state says that something did
/// @param shade what lies over the state, as it is kept
/// @param owner what lists are ordered and narrowed by
/// @param sources by which the device has the software, one a line, in their order
/// @param findingsHash by which a change of findings is noticed
record RuleRow(
    String state,
    @Nullable String presence,
    @Nullable Long dueAt,
    @Nullable Long exemptUntil,
    long since,
    @Nullable Long firstSeen,
    @Nullable String error,
    @Nullable String errorIdentity,
    Failing failing,
    String shade,
    Owner owner,
    String sources,
    String findingsHash) {

  private static final String NO_FINDINGS =
      ReportJson.hash(List.of().toString().getBytes(StandardCharsets.UTF_8));

  /// What a device's rows have of the device itself.
  ///
  /// @param listed whether it is on the company's list
  record Owner(String host, String department, String os, boolean listed) {
    static final Owner NOBODY = new Owner("", "", "", false);
  }

  /// The row after a report.
  ///
  /// @param over what lies over all of the device's rules
  /// @param cloned whether two machines are taken to have the device's key
  /// @param now when the report came
  static RuleRow after(
      @Nullable RuleRow before,
      ReportedRule rule,
      Shade over,
      Owner owner,
      boolean cloned,
      Instant now) {
    var counted = Doubt.of(rule.state(), cloned);
    var state = written(counted);
    var stayed = before != null && before.state.equals(state) ? before : null;
    var failure = failure(rule);
    var kept = failure == null && rule.state() == RuleState.FAILED ? stayed : null;
    var error = failure == null ? null : errorOf(failure);
    var identity = failure == null ? null : failure.identity();
    var firstSeen = before == null ? null : before.firstSeen;
    var at = Long.valueOf(now.toEpochMilli());
    var exempt = rule.exemptUntil() != null && rule.exemptUntil().isAfter(now);
    return new RuleRow(
        state,
        rule.presence() == null ? null : written(rule.presence()),
        millis(rule.date()),
        millis(rule.exemptUntil()),
        stayed != null ? stayed.since : at,
        firstSeen == null && rule.state().hasIt() ? at : firstSeen,
        kept != null ? kept.error : error,
        kept != null ? kept.errorIdentity : identity,
        failing(
            before == null ? Failing.NOTHING : before.failing,
            counted,
            failure,
            stayed != null,
            at),
        over.ofRule(exempt).word(),
        owner,
        sources(rule),
        hash(rule));
  }

  /// @param failure what the report says went wrong; null where it says nothing new
  /// @param stayed whether it failed before already
  private static Failing failing(
      Failing before,
      RuleState counted,
      @Nullable ReportedAction failure,
      boolean stayed,
      Long at) {
    if (counted.claimsClear()) {
      return Failing.NOTHING;
    }
    if (counted != RuleState.FAILED) {
      // Tried again, or not seen wholly: until it is verified gone it needs the same hands.
      return before;
    }
    var since = before.since() == null ? at : before.since();
    if (failure == null) {
      return stayed
          ? new Failing(since, before.at(), before.error(), before.identity())
          : new Failing(since, at, null, null);
    }
    return new Failing(since, at, errorOf(failure), failure.identity());
  }

  /// The row once its device is in doubt: what was clear is unknown.
  RuleRow doubted(Instant at) {
    return state.equals("clear") || state.equals("removed")
        ? new RuleRow(
            "unknown",
            presence,
            dueAt,
            exemptUntil,
            at.toEpochMilli(),
            firstSeen,
            error,
            errorIdentity,
            failing,
            shade,
            owner,
            sources,
            findingsHash)
        : this;
  }

  RuleRow withFindings(String findingsHash) {
    return new RuleRow(
        state,
        presence,
        dueAt,
        exemptUntil,
        since,
        firstSeen,
        error,
        errorIdentity,
        failing,
        shade,
        owner,
        sources,
        findingsHash);
  }

  /// The sources, each once.
  List<String> sourceList() {
    return sources.isEmpty() ? List.of() : List.of(sources.split("\n"));
  }

  private static String sources(ReportedRule rule) {
    return rule.findings().isEmpty()
        ? ""
        : rule.findings().stream()
            .filter(one -> one.strength() != EvidenceStrength.RESIDUE)
            .map(ReportedFinding::source)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
  }

  private static String hash(ReportedRule rule) {
    if (rule.findings().isEmpty()) {
      return NO_FINDINGS;
    }
    return ReportJson.hash(rule.findings().toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The last thing that went wrong, if the state still says that it did.
  private static @Nullable ReportedAction failure(ReportedRule rule) {
    if (rule.state() != RuleState.FAILED) {
      return null;
    }
    return rule.actions().stream()
        .filter(action -> action.kind() == ActionKind.FAILED || action.kind() == ActionKind.REFUSED)
        .reduce((_, later) -> later)
        .orElse(null);
  }

  private static String errorOf(ReportedAction failure) {
    return failure.error() == null ? "other" : written(failure.error());
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }
}
