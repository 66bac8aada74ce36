package dev.interdict.server.failures;

import dev.interdict.server.failures.FailureRow.State;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the queue. A failure is open from the first one that a device tells until the device
/// verifies that the software is gone; nobody has to close it, and nobody can. Devices that count
/// nowhere are left out. Thread-safe; never writes.
public final class FailureQueue {
  private static final String STATE =
      "case when s.failing_since is null then 'closed' when c.resolved_at >= s.failed_at then"
          + " 'resolved' else 'open' end";

  /// Closed ones have none.
  private static final String ERROR =
      "case when s.failing_since is null then '' else coalesce(s.failing_error, 'other') end";

  /// Closed ones come after all that fail.
  private static final String SINCE = "coalesce(s.failing_since, " + Long.MAX_VALUE + ")";

  private static final String COLUMNS =
      "select d.device_id, d.host, d.department, d.os, r.rule_id, s.failing_since, s.failed_at,"
          + ERROR
          + " as error, s.failing_identity, c.owner, c.ticket, (select count(*) from"
          + " failure_comment m where m.device_id = d.device_id and m.rule_id = r.rule_id) as"
          + " comments, "
          + STATE
          + " as stands";

  /// Those that fail, and those that people did something about.
  private static final String FROM =
      " from (select device_id, rule_id from rule_state where failing_since is not null union"
          + " select device_id, rule_id from failure_case) r join device d on d.device_id ="
          + " r.device_id left join rule_state s on s.device_id = r.device_id and s.rule_id ="
          + " r.rule_id left join failure_case c on c.device_id = r.device_id and c.rule_id ="
          + " r.rule_id where d.standing = 'active'";

  private final Database database;

  public FailureQueue(Database database) {
    this.database = database;
  }

  /// A remark of somebody, or what somebody did.
  ///
  /// @param what `comment`, `assign`, `link`, `resolve` or `reopen`
  public record Comment(Instant at, String who, String what, String words) {}

  /// How many devices fail in one class.
  public record InClass(FailureClass of, long devices) {}

  private static Where where(FailureFilter filter) {
    var binds = new HashMap<String, Object>();
    var where =
        new Where()
            .add("1 = 1" + ScopeCondition.of(filter.scope(), "d.department", binds))
            .bind(binds)
            .any(STATE, "state", filter.states().stream().map(State::word).toList())
            .terms("r.rule_id", "rule", filter.rules())
            .terms(ERROR, "error", filter.errors())
            .terms("coalesce(c.owner, '')", "owner", filter.owners())
            .terms("d.department", "department", filter.departments())
            .terms("d.os", "os", filter.os())
            .terms("d.ring", "ring", filter.rings())
            .search("d.host", "d.device_id", filter.text());
    if (filter.before() != null) {
      where.add("s.failing_since < :before").bind("before", filter.before().toEpochMilli());
    }
    return where;
  }

  /// The place after a row.
  ///
  /// @param since as the row has it; [Long#MAX_VALUE] for one that is closed
  public record Cursor(long since, String device, String rule) {
    public static Cursor after(FailureRow row) {
      var since = row.since();
      return new Cursor(
          since == null ? Long.MAX_VALUE : since.toEpochMilli(), row.device(), row.rule());
    }
  }

  /// Those that the filter lets through, in its order.
  public List<FailureRow> list(FailureFilter filter, int most) {
    return list(filter, null, most);
  }

  /// How many the filter lets through.
  public long count(FailureFilter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery("select count(*)" + FROM + " and " + where.conditions())
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// As [#list(FailureFilter, int)], from a place on.
  public List<FailureRow> list(FailureFilter filter, @Nullable Cursor after, int most) {
    var where = where(filter);
    if (after != null) {
      where
          .add(
              "(%1$s %2$s :since or (%1$s = :since and (d.device_id %2$s :device or (d.device_id = :device and r.rule_id %2$s :after))))"
                  .formatted(SINCE, filter.falling() ? "<" : ">"))
          .bind("since", after.since())
          .bind("device", after.device())
          .bind("after", after.rule());
    }
    return database.read(handle ->
        handle
            .createQuery(
                COLUMNS
                    + FROM
                    + " and "
                    + where.conditions()
                    + " order by %1$s %2$s, d.device_id %2$s, r.rule_id %2$s limit :most"
                        .formatted(SINCE, filter.falling() ? "desc" : "asc"))
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> row(row))
            .list());
  }

  /// One failure, or null where that device never failed under that rule.
  public @Nullable FailureRow find(String device, String rule) {
    return database.read(handle ->
        handle
            .createQuery(COLUMNS + FROM + " and d.device_id = :device and r.rule_id = :rule")
            .bind("device", device)
            .bind("rule", rule)
            .map((row, _) -> row(row))
            .findOne()
            .orElse(null));
  }

  /// By class how many devices the filter lets through, most first.
  public List<InClass> classes(FailureFilter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery(
                "select coalesce(s.failing_error, 'other') as error, count(distinct d.device_id) as"
                    + " n"
                    + FROM
                    + " and s.failing_since is not null and "
                    + where.conditions()
                    + " group by coalesce(s.failing_error, 'other') order by n desc, error")
            .bindMap(where.binds())
            .map((row, _) -> new InClass(FailureClass.of(row.getString("error")), row.getLong("n")))
            .list());
  }

  /// What was said and done about it, oldest first.
  public List<Comment> comments(String device, String rule) {
    return database.read(handle ->
        handle
            .createQuery(
                "select at, who, what, words from failure_comment where device_id = :device and"
                    + " rule_id = :rule order by at, who, what")
            .bind("device", device)
            .bind("rule", rule)
            .map((row, _) ->
                new Comment(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("who"),
                    row.getString("what"),
                    row.getString("words")))
            .list());
  }

  private static FailureRow row(ResultSet row) throws SQLException {
    return new FailureRow(
        row.getString("device_id"),
        row.getString("host"),
        row.getString("department"),
        row.getString("os"),
        row.getString("rule_id"),
        State.valueOf(row.getString("stands").toUpperCase(java.util.Locale.ROOT)),
        row.getString("error"),
        row.getString("failing_identity"),
        at(row, "failing_since"),
        at(row, "failed_at"),
        row.getString("owner"),
        row.getString("ticket"),
        row.getLong("comments"));
  }

  private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
    var at = dev.interdict.server.store.Sql.nullableLong(row, column);
    return at == null ? null : Instant.ofEpochMilli(at);
  }
}
