package dev.interdict.server.evidence;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exemptions from a rule, or all, within a time: those that people opened, decided or ended in it,
/// and those that held in it; each as it stood at its end.
///
/// @param rule null for all
/// @param end the first instant that is not meant any more
record Exempted(Database database, @Nullable String rule, Instant start, Instant end) {
  private static final String HELD =
      "e.decided_at < :end and e.state in ('granted', 'ended') and e.until_at > :start and"
          + " (e.ended_at is null or e.ended_at > :start)";

  /// One case. What came to pass after the end is null.
  record Case(
      long number,
      String device,
      String host,
      String rule,
      String state,
      @Nullable Instant until,
      String reason,
      Instant opened,
      String openedBy,
      @Nullable Instant decided,
      @Nullable String decidedBy,
      @Nullable Instant ended,
      @Nullable String endedBy,
      @Nullable String endReason) {
    /// As people name it.
    String id() {
      return "EX-%04d".formatted(number);
    }
  }

  private static final List<String> COLUMNS =
      List.of(
          "case",
          "device",
          "host",
          "rule",
          "state",
          "until",
          "reason",
          "opened",
          "opened-by",
          "decided",
          "decided-by",
          "ended",
          "ended-by",
          "end-reason");

  Table<Case> table() {
    return new Table<>(
        COLUMNS,
        (last, most) ->
            read(
                "(("
                    + HELD
                    + ") or e.opened_at >= :start or (e.decided_at >= :start and e.decided_at <"
                    + " :end) or (e.ended_at >= :start and e.ended_at < :end))",
                last == null ? 0 : last.number(),
                most),
        Exempted::values);
  }

  /// Those that held in it, the oldest first.
  List<Case> held(int most) {
    return read(HELD, 0, most);
  }

  /// How many held in it.
  long heldCount() {
    return database.read(handle -> {
      var query =
          handle
              .createQuery("select count(*) from exemption e where " + HELD + ofRule())
              .bind("start", start.toEpochMilli())
              .bind("end", end.toEpochMilli());
      return (rule == null ? query : query.bind("rule", rule)).mapTo(Long.class).one();
    });
  }

  private String ofRule() {
    return rule == null ? "" : " and e.rule_id = :rule";
  }

  private List<Case> read(String which, long after, int most) {
    return database.read(handle -> {
      var query =
          handle
              .createQuery(
                  "select e.*, d.host from exemption e left join device d on d.device_id ="
                      + " e.device_id where e.case_number > :after and e.opened_at < :end and "
                      + which
                      + ofRule()
                      + " order by e.case_number limit :most")
              .bind("start", start.toEpochMilli())
              .bind("end", end.toEpochMilli())
              .bind("after", after)
              .bind("most", most);
      return (rule == null ? query : query.bind("rule", rule)).map((row, _) -> one(row)).list();
    });
  }

  private Case one(ResultSet row) throws SQLException {
    var decided = before(Sql.nullableInstant(row, "decided_at"));
    var ended = before(Sql.nullableInstant(row, "ended_at"));
    var now = row.getString("state");
    return new Case(
        row.getLong("case_number"),
        row.getString("device_id"),
        String.valueOf(row.getString("host") == null ? "" : row.getString("host")),
        row.getString("rule_id"),
        ended != null ? now : decided == null ? "confirmed" : now.equals("ended") ? "granted" : now,
        Sql.nullableInstant(row, "until_at"),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("opened_at")),
        row.getString("opened_by"),
        decided,
        decided == null ? null : row.getString("decided_by"),
        ended,
        ended == null ? null : row.getString("ended_by"),
        ended == null ? null : row.getString("end_reason"));
  }

  private @Nullable Instant before(@Nullable Instant at) {
    return at != null && at.isBefore(end) ? at : null;
  }

  private static List<? extends @Nullable Object> values(Case one) {
    return Arrays.<@Nullable Object>asList(
        one.id(),
        one.device(),
        one.host(),
        one.rule(),
        one.state(),
        one.until(),
        one.reason(),
        one.opened(),
        one.openedBy(),
        one.decided(),
        one.decidedBy(),
        one.ended(),
        one.endedBy(),
        one.endReason());
  }
}
