package dev.interdict.demo.fleet;

import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Presence;
import dev.interdict.report.Report;
import dev.interdict.report.ReportId;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedProblem;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts a condition into the words of a report. Pure.
final class Reports {
  private static final String AGENT = "0.1.0";

  private final Ban ban;

  Reports(Ban ban) {
    this.ban = ban;
  }

  Report of(
      Life life,
      Condition condition,
      ReportId id,
      long sequence,
      @Nullable String previous,
      Instant at) {
    var problems = new ArrayList<ReportedProblem>();
    if (condition instanceof Condition.PartlySeen(var source, var problem)) {
      problems.add(new ReportedProblem(problem, source));
    }
    return new Report(
        id,
        life.facts(),
        sequence,
        previous,
        at,
        AGENT,
        ban.policy(),
        coverage(condition, at),
        List.of(rule(life, condition, at)),
        problems);
  }

  private static Coverage coverage(Condition condition, Instant at) {
    return switch (condition) {
      case Condition.Unsupported() -> new Coverage(null, false, List.of());
      case Condition.PartlySeen(var source, var problem) ->
          new Coverage(at, true, List.of(new ReportedGap(source, problem)));
      default -> new Coverage(at, true, List.of());
    };
  }

  private ReportedRule rule(Life life, Condition condition, Instant at) {
    return switch (condition) {
      case Condition.Clear() -> empty(RuleState.CLEAR, null, List.of());
      case Condition.Unsupported() -> empty(RuleState.UNKNOWN, null, List.of());
      case Condition.PartlySeen _ -> empty(RuleState.UNKNOWN, null, List.of());
      case Condition.Present(var presence, var date, var told) ->
          has(
              life,
              RuleState.PRESENT,
              presence,
              date,
              null,
              told ? actions(life, at, ActionKind.NOTIFIED) : List.of());
      case Condition.Removing(var date, var stopped) ->
          has(
              life,
              RuleState.REMOVING,
              null,
              date,
              null,
              stopped ? actions(life, at, ActionKind.STOPPED) : List.of());
      case Condition.Removed(var date, var how) ->
          empty(RuleState.REMOVED, date, how == null ? List.of() : actions(life, at, how));
      case Condition.Failed(var date, var error) ->
          has(life, RuleState.FAILED, null, date, null, List.of(failed(life, at, error)));
      case Condition.Exempt(var until) ->
          has(life, RuleState.PRESENT, Presence.NOTIFIED, null, until, List.of());
    };
  }

  private ReportedRule empty(
      RuleState state, @Nullable Instant date, List<ReportedAction> actions) {
    return new ReportedRule(ban.rule(), state, null, date, null, List.of(), actions);
  }

  private ReportedRule has(
      Life life,
      RuleState state,
      @Nullable Presence presence,
      @Nullable Instant date,
      @Nullable Instant exemptUntil,
      List<ReportedAction> actions) {
    return new ReportedRule(
        ban.rule(), state, presence, date, exemptUntil, List.of(finding(life, state)), actions);
  }

  private static ReportedFinding finding(Life life, RuleState state) {
    return copy(life)
        .finding(life.version(), life.owner(), life.running() && state == RuleState.PRESENT);
  }

  private static List<ReportedAction> actions(Life life, Instant at, ActionKind kind) {
    return List.of(new ReportedAction(kind, copy(life).identity(), null, at));
  }

  private static ReportedAction failed(Life life, Instant at, ErrorClass error) {
    return new ReportedAction(ActionKind.FAILED, copy(life).identity(), error, at);
  }

  /// What somebody installs who had none.
  private static Copy copy(Life life) {
    var copy = life.copy();
    return copy == null ? Copy.ALL.getFirst() : copy;
  }
}
