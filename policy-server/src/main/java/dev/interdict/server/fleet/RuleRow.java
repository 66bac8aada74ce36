package dev.interdict.server.fleet;

import static dev.interdict.json.Fields.written;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.report.ActionKind;
import dev.interdict.report.DeviceId;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.Shade;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Writes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule on a device as its reports told it one after the other: a row of `rule_state`. Each
/// follows from the one before and the next report alone, so all can be made anew from the bytes.
///
/// @param since since when it is in this state
/// @param firstSeen when the software was first reported
/// @param failingSince since when removal has not succeeded; null once it is verified that it did
/// @param failedAt when the last failure was told
/// @param failingError the class of that failure
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
    @Nullable Long failingSince,
    @Nullable Long failedAt,
    @Nullable String failingError,
    @Nullable String failingIdentity,
    String shade,
    Owner owner,
    String sources,
    String findingsHash) {

  private static final String COLUMNS =
      "state, presence, due_at, exempt_until, since, first_seen, error, error_identity,"
          + " failing_since, failed_at, failing_error, failing_identity, shade, listed, host,"
          + " department, os, sources, findings_hash";

  private static final String NO_FINDINGS =
      ReportJson.hash(List.of().toString().getBytes(StandardCharsets.UTF_8));

  /// What a device's rows have of the device itself.
  ///
  /// @param listed whether it is on the company's list
  record Owner(String host, String department, String os, boolean listed) {
    private static final Owner NOBODY = new Owner("", "", "", false);
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
    var row =
        new RuleRow(
            state,
            rule.presence() == null ? null : written(rule.presence()),
            millis(rule.date()),
            millis(rule.exemptUntil()),
            stayed != null ? stayed.since : at,
            firstSeen == null && rule.state().hasIt() ? at : firstSeen,
            kept != null ? kept.error : error,
            kept != null ? kept.errorIdentity : identity,
            null,
            null,
            null,
            null,
            over.ofRule(exempt).word(),
            owner,
            sources(rule),
            hash(rule));
    if (counted.claimsClear()) {
      return row;
    }
    if (counted != RuleState.FAILED) {
      // Tried again, or not seen wholly: until it is verified gone it needs the same hands.
      return before == null
          ? row
          : row.failing(
              before.failingSince, before.failedAt, before.failingError, before.failingIdentity);
    }
    var since = before == null || before.failingSince == null ? at : before.failingSince;
    return stayed != null && failure == null
        ? row.failing(since, stayed.failedAt, stayed.failingError, stayed.failingIdentity)
        : row.failing(since, at, error, identity);
  }

  private RuleRow failing(
      @Nullable Long since,
      @Nullable Long at,
      @Nullable String failing,
      @Nullable String identity) {
    return new RuleRow(
        state,
        presence,
        dueAt,
        exemptUntil,
        this.since,
        firstSeen,
        error,
        errorIdentity,
        since,
        at,
        failing,
        identity,
        shade,
        owner,
        sources,
        findingsHash);
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
            failingSince,
            failedAt,
            failingError,
            failingIdentity,
            shade,
            owner,
            sources,
            findingsHash)
        : this;
  }

  RuleRow withoutFindings() {
    return with("");
  }

  private RuleRow with(String findingsHash) {
    return new RuleRow(
        state,
        presence,
        dueAt,
        exemptUntil,
        since,
        firstSeen,
        error,
        errorIdentity,
        failingSince,
        failedAt,
        failingError,
        failingIdentity,
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

  /// The rows of devices, by device and rule.
  static Map<DeviceId, Map<String, RuleRow>> of(Connection connection, List<DeviceId> devices)
      throws SQLException {
    var rows = new HashMap<DeviceId, Map<String, RuleRow>>();
    Among.list(
        connection,
        "select device_id, rule_id, "
            + COLUMNS
            + " from rule_state where device_id in "
            + Among.MARKS,
        devices,
        row ->
            rows.computeIfAbsent(new DeviceId(row.getString(1)), _ -> new HashMap<>())
                .put(row.getString(2), read(row, 3)));
    return rows;
  }

  /// The rows of a device, by rule.
  static Map<String, RuleRow> of(Connection connection, DeviceId device) throws SQLException {
    return of(connection, List.of(device)).getOrDefault(device, new HashMap<>());
  }

  /// Reads [#COLUMNS], of which the first stands at `n`.
  private static RuleRow read(ResultSet row, int n) throws SQLException {
    return new RuleRow(
        row.getString(n),
        row.getString(n + 1),
        Sql.nullableLong(row, n + 2),
        Sql.nullableLong(row, n + 3),
        row.getLong(n + 4),
        Sql.nullableLong(row, n + 5),
        row.getString(n + 6),
        row.getString(n + 7),
        Sql.nullableLong(row, n + 8),
        Sql.nullableLong(row, n + 9),
        row.getString(n + 10),
        row.getString(n + 11),
        row.getString(n + 12),
        new Owner(
            row.getString(n + 14),
            row.getString(n + 15),
            row.getString(n + 16),
            row.getInt(n + 13) == 1),
        row.getString(n + 17),
        row.getString(n + 18));
  }

  /// Adds what makes `before` this.
  void write(Writes writes, DeviceId device, String rule, @Nullable RuleRow before) {
    if (before != null && with(before.findingsHash).equals(before)) {
      // No index knows of it.
      writes.add(
          "update rule_state set findings_hash = ? where device_id = ? and rule_id = ?",
          findingsHash,
          device.value(),
          rule);
      return;
    }
    writes.add(
        "insert into rule_state (device_id, rule_id, state, presence, due_at, exempt_until, since,"
            + " first_seen, error, error_identity, failing_since, failed_at, failing_error,"
            + " failing_identity, shade, listed, host, department, os, sources, findings_hash)"
            + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) on conflict (device_id, rule_id)"
            + " do update set state = excluded.state, presence = excluded.presence, due_at ="
            + " excluded.due_at, exempt_until = excluded.exempt_until, since = excluded.since,"
            + " first_seen = excluded.first_seen, error = excluded.error, error_identity ="
            + " excluded.error_identity, failing_since = excluded.failing_since, failed_at ="
            + " excluded.failed_at, failing_error = excluded.failing_error, failing_identity ="
            + " excluded.failing_identity, shade = excluded.shade, listed = excluded.listed, host ="
            + " excluded.host, department = excluded.department, os = excluded.os, sources ="
            + " excluded.sources, findings_hash = excluded.findings_hash",
        device.value(),
        rule,
        state,
        presence,
        dueAt,
        exemptUntil,
        since,
        firstSeen,
        error,
        errorIdentity,
        failingSince,
        failedAt,
        failingError,
        failingIdentity,
        shade,
        owner.listed() ? 1 : 0,
        owner.host(),
        owner.department(),
        owner.os(),
        sources,
        findingsHash);
  }

  /// As it is kept in place of reports, without what the device's own row tells.
  Json json() {
    return Json.object()
        .put("state", state)
        .put("presence", presence)
        .put("due", text(dueAt))
        .put("exempt", text(exemptUntil))
        .put("since", since)
        .put("first-seen", text(firstSeen))
        .put("error", error)
        .put("error-identity", errorIdentity)
        .put("failing-since", text(failingSince))
        .put("failed", text(failedAt))
        .put("failing-error", failingError)
        .put("failing-identity", failingIdentity)
        .put("findings", findingsHash)
        .build();
  }

  static RuleRow read(Fields fields) {
    Function<String, @Nullable Long> number =
        name -> {
          var text = fields.optionalText(name);
          return text == null ? null : Long.valueOf(text);
        };
    return new RuleRow(
        fields.text("state"),
        fields.optionalText("presence"),
        number.apply("due"),
        number.apply("exempt"),
        fields.integer("since", Long.MIN_VALUE, Long.MAX_VALUE),
        number.apply("first-seen"),
        fields.optionalText("error"),
        fields.optionalText("error-identity"),
        number.apply("failing-since"),
        number.apply("failed"),
        fields.optionalText("failing-error"),
        fields.optionalText("failing-identity"),
        Shade.PLAIN.word(),
        Owner.NOBODY,
        "",
        fields.text("findings"));
  }

  private static @Nullable String text(@Nullable Long value) {
    return value == null ? null : value.toString();
  }
}
