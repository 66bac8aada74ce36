package dev.interdict.server.exemptions;

import dev.interdict.json.Json;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of one device and rule, within a transaction. At most one of them is granted and in
/// force, and at most one refusal is.
record CaseRows(Connection connection, About about) {

  /// The exemption that holds, or null.
  @Nullable ExemptionCase holding() throws SQLException {
    return Sql.first(
        connection,
        "select * from exemption where device_id = ? and rule_id = ? and in_force = 1 and state ="
            + " 'granted'",
        ExemptionCase::read,
        about.device(),
        about.rule().value());
  }

  /// A new case, after the first step.
  ExemptionCase open(
      @Nullable String request,
      @Nullable Instant until,
      String reason,
      Particulars particulars,
      String by,
      Instant now)
      throws SQLException {
    var last =
        Sql.first(
            connection,
            "select max(n) from (select max(case_number) as n from exemption union all select"
                + " max(case_number) from erased_case) numbers",
            row -> row.getLong(1));
    var number = (last == null ? 0 : last) + 1;
    Sql.update(
        connection,
        "insert into exemption (device_id, case_number, rule_id, request_id, state, until_at,"
            + " reason, category, ticket, conditions, opened_at, opened_by, in_force) values"
            + " (?,?,?,?,?,?,?,?,?,?,?,?,0)",
        about.device(),
        number,
        about.rule().value(),
        request,
        CaseState.CONFIRMED.written(),
        until == null ? null : until.toEpochMilli(),
        reason,
        written(particulars),
        particulars.ticket(),
        particulars.conditions(),
        now.toEpochMilli(),
        by);
    return read(number);
  }

  /// The second step. A refusal of before is answered by it.
  ExemptionCase grant(
      ExemptionCase one,
      Instant until,
      String reason,
      Particulars particulars,
      String by,
      Instant now)
      throws SQLException {
    forgetRefusal();
    Sql.update(
        connection,
        "update exemption set state = ?, until_at = ?, reason = ?, category = ?, ticket = ?,"
            + " conditions = ?, decided_at = ?, decided_by = ?, in_force = 1 where device_id = ?"
            + " and case_number = ?",
        CaseState.GRANTED.written(),
        until.toEpochMilli(),
        reason,
        written(particulars),
        particulars.ticket(),
        particulars.conditions(),
        now.toEpochMilli(),
        by,
        about.device(),
        one.number());
    return read(one.number());
  }

  /// Refused or taken back. Devices are told either way, for it ends the employee's wait.
  ExemptionCase close(
      ExemptionCase one,
      CaseState state,
      String reason,
      @Nullable String contact,
      String by,
      Instant now)
      throws SQLException {
    forgetRefusal();
    Sql.update(
        connection,
        "update exemption set state = ?, reason = ?, contact = ?, decided_at = ?, decided_by = ?,"
            + " in_force = 1 where device_id = ? and case_number = ?",
        state.written(),
        reason,
        contact,
        now.toEpochMilli(),
        by,
        about.device(),
        one.number());
    return read(one.number());
  }

  /// Ends one that holds.
  ExemptionCase end(ExemptionCase one, String by, String reason, Instant now) throws SQLException {
    Sql.update(
        connection,
        "update exemption set state = ?, ended_at = ?, ended_by = ?, end_reason = ?, in_force = 0"
            + " where device_id = ? and case_number = ?",
        CaseState.ENDED.written(),
        now.toEpochMilli(),
        by,
        reason,
        about.device(),
        one.number());
    return read(one.number());
  }

  /// Takes back one that nobody decided in time; of this the device is not told, its own wait is
  /// over.
  void lapse(ExemptionCase one, String by, String reason, Instant now) throws SQLException {
    Sql.update(
        connection,
        "update exemption set state = ?, ended_at = ?, ended_by = ?, end_reason = ? where device_id"
            + " = ? and case_number = ?",
        CaseState.WITHDRAWN.written(),
        now.toEpochMilli(),
        by,
        reason,
        about.device(),
        one.number());
  }

  private static @Nullable String written(Particulars particulars) {
    var category = particulars.category();
    return category == null ? null : category.written();
  }

  private void forgetRefusal() throws SQLException {
    Sql.update(
        connection,
        "update exemption set in_force = 0 where device_id = ? and rule_id = ? and in_force = 1 and"
            + " state in ('refused', 'withdrawn')",
        about.device(),
        about.rule().value());
  }

  private ExemptionCase read(long number) throws SQLException {
    return Objects.requireNonNull(Cases.one(connection, about, number), "it was just written");
  }

  /// Tells other systems what was done, where they are told of it.
  static void told(Connection connection, String action, ExemptionCase one, String by, Instant now)
      throws SQLException {
    var kind =
        switch (action) {
          case "exemption.grant" -> EventKind.EXEMPTION_GRANTED;
          case "exemption.refuse" -> EventKind.EXEMPTION_REFUSED;
          case "exemption.end" -> EventKind.EXEMPTION_ENDED;
          default -> null;
        };
    if (kind != null) {
      Events.add(
          connection,
          kind,
          now,
          by,
          one.about().device(),
          one.about().rule().value(),
          detail(connection, one).put("reason", reason(one)).build());
    }
  }

  /// What every event of a case says of it: who has two workstations has to know which it is.
  static Json.Builder detail(Connection connection, ExemptionCase one) throws SQLException {
    var host =
        Sql.first(
            connection,
            "select host from device where device_id = ?",
            row -> row.getString(1),
            one.about().device());
    return Json.object()
        .put("case", one.id())
        .put("host", host == null || host.isEmpty() ? null : host)
        .put("until", one.until() == null ? null : one.until().toString());
  }

  /// Of one that ended before its time why it did, not why it was granted once.
  private static @Nullable String reason(ExemptionCase one) {
    var ended = one.ended();
    if (ended == null) {
      return one.reason();
    }
    return ended.by().equals(Upkeep.DATE) ? null : ended.reason();
  }

  /// What an entry of the audit log says of what was written down beside a grant.
  static Json.Builder beside(Particulars particulars, Json.Builder detail) {
    return detail
        .put("category", written(particulars))
        .put("ticket", particulars.ticket())
        .put("conditions", particulars.conditions());
  }

  /// What an entry of the audit log says of the case, beside `detail`.
  static Json.Obj named(ExemptionCase one, Json.Builder detail) {
    return detail
        .put("device", one.about().device())
        .put("rule", one.about().rule().value())
        .put("request", one.request())
        .build();
  }
}
