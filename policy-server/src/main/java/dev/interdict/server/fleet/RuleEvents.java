package dev.interdict.server.fleet;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Report;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What other systems are told of a report: what is not as it was before, and nothing of a report
/// that says the same again. At most a few events to a rule, whatever a device makes up.
final class RuleEvents {
  private static final String ASKS = "exemption-request";

  private final Connection connection;
  private final Report report;
  private final Instant now;

  private RuleEvents(Connection connection, Report report, Instant now) {
    this.connection = connection;
    this.report = report;
    this.now = now;
  }

  /// A rule on the device, before and after the report.
  record Change(ReportedRule rule, @Nullable RuleRow before, RuleRow after) {
    boolean had() {
      return before != null && hasIt(before);
    }

    boolean has() {
      return hasIt(after);
    }

    boolean becomes(RuleState state) {
      var written = Fields.written(state);
      return after.state().equals(written) && (before == null || !before.state().equals(written));
    }

    private static boolean hasIt(RuleRow row) {
      for (var state : RuleState.values()) {
        if (Fields.written(state).equals(row.state())) {
          return state.hasIt();
        }
      }
      return false;
    }
  }

  /// @param published the rules that are on the list: what a device makes up is told to nobody
  static void add(
      Connection connection,
      Report report,
      List<Change> changes,
      Set<String> published,
      Instant now)
      throws SQLException {
    var events = new RuleEvents(connection, report, now);
    for (var change : changes) {
      if (published.contains(change.rule().rule())) {
        events.changed(change);
      }
    }
    for (var rule : report.rules()) {
      if (published.contains(rule.rule())) {
        events.told(rule);
      }
    }
  }

  private void changed(Change change) throws SQLException {
    if (change.has() && !change.had()) {
      var before = change.before();
      add(
          before == null || before.firstSeen() == null
              ? EventKind.FINDING_OPENED
              : EventKind.FINDING_REAPPEARED,
          change.rule(),
          found(change.rule()));
    }
    if (change.becomes(RuleState.FAILED)
        || change.before() != null
            && change.after().error() != null
            && !change.after().error().equals(change.before().error())) {
      add(
          EventKind.REMOVAL_FAILED,
          change.rule(),
          Json.object()
              .put("reason", change.after().error())
              .put("software", change.after().errorIdentity()));
    }
    if (change.had() && change.becomes(RuleState.REMOVED)) {
      add(EventKind.REMOVAL_SUCCEEDED, change.rule(), Json.object());
    }
    var state = change.after().state();
    if (change.had()
        && (state.equals(Fields.written(RuleState.CLEAR))
            || state.equals(Fields.written(RuleState.REMOVED)))) {
      add(EventKind.FINDING_CLEARED, change.rule(), Json.object());
    }
  }

  private static Json.Builder found(ReportedRule rule) {
    var first = rule.findings().isEmpty() ? null : rule.findings().getFirst();
    return Json.object()
        .put("findings", rule.findings().size())
        .put("software", first == null ? null : first.identity())
        .put("version", first == null ? null : first.version())
        .put("source", first == null ? null : first.source());
  }

  /// What is told without a change of state.
  private void told(ReportedRule rule) throws SQLException {
    if (rule.actions().isEmpty() && rule.answers().isEmpty()) {
      return;
    }
    var blocked =
        rule.actions().stream().filter(one -> one.kind() == ActionKind.LAUNCH_BLOCKED).toList();
    if (!blocked.isEmpty()) {
      add(
          EventKind.LAUNCH_BLOCKED,
          rule,
          Json.object().put("times", blocked.size()).put("software", blocked.getLast().identity()));
    }
    for (var answer : rule.answers()) {
      if (answer.kind().equals(ASKS)) {
        Events.once(
            connection,
            "asks:" + device() + ":" + rule.rule() + ":" + answer.id(),
            EventKind.EXEMPTION_REQUESTED,
            now,
            device(),
            rule.rule(),
            detail(
                Json.object()
                    .put("request", answer.id())
                    .put("until", answer.until() == null ? null : answer.until().toString())));
        // One report asks for one exemption from a rule.
        return;
      }
    }
  }

  private void add(EventKind kind, ReportedRule rule, Json.Builder detail) throws SQLException {
    Events.add(connection, kind, now, null, device(), rule.rule(), detail(detail));
  }

  private String device() {
    return report.device().id().value();
  }

  private Json.Obj detail(Json.Builder detail) {
    return detail
        .put("host", report.device().hostName())
        .put("os", Fields.written(report.device().os()))
        .build();
  }
}
