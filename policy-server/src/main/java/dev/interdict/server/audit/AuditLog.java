package dev.interdict.server.audit;

import dev.interdict.server.query.Where;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the entries of the audit log that a filter lets through. Thread-safe; never writes.
public final class AuditLog {
  private final Database database;

  public AuditLog(Database database) {
    this.database = database;
  }

  private static Where where(AuditFilter filter) {
    var where =
        new Where()
            .add("seq > 0")
            .terms("actor", "actor", filter.actors())
            .terms("object", "object", filter.objects());
    if (!filter.actions().any().isEmpty()) {
      where.add(begins(where, "action", filter.actions().any()));
    }
    if (!filter.actions().none().isEmpty()) {
      where.add("not " + begins(where, "no_action", filter.actions().none()));
    }
    if (filter.request() != null) {
      where.add("request_id = :request").bind("request", filter.request());
    }
    var from = filter.from();
    if (from != null) {
      where.add("at >= :from").bind("from", from.toEpochMilli());
    }
    var to = filter.to();
    if (to != null) {
      where.add("at < :to").bind("to", to.toEpochMilli());
    }
    return where;
  }

  private static String begins(Where where, String name, Set<String> actions) {
    var any = new ArrayList<String>();
    for (var action : actions) {
      var bind = name + any.size();
      any.add(
          "action = :%1$s or (action >= :%1$s_below and action < :%1$s_behind)".formatted(bind));
      // The character after a dot.
      where
          .bind(bind, action)
          .bind(bind + "_below", action + ".")
          .bind(bind + "_behind", action + "/");
    }
    return "(" + String.join(" or ", any) + ")";
  }

  /// At most `most` entries behind `after` in the order of the filter.
  ///
  /// @param after the number of an entry; null for the first ones
  public List<AuditEntry> list(AuditFilter filter, @Nullable Long after, int most) {
    var where = where(filter);
    if (after != null) {
      where.add(filter.newestFirst() ? "seq < :after" : "seq > :after").bind("after", after);
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select * from audit"
                    + where.text()
                    + " order by seq"
                    + (filter.newestFirst() ? " desc" : "")
                    + " limit :most")
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> Audit.entry(row))
            .list());
  }

  /// How many there are.
  public long count(AuditFilter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery("select count(*) from audit" + where.text())
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// The entries that were written within a time: from the first of them to the last, without a gap
  /// in the chain.
  ///
  /// @param first the number of the first; one more than `last` where there is none
  /// @param last the number of the last, or of the last before that time; 0 for none
  public record Range(long first, long last) {
    /// How many there are.
    public long count() {
      return last - first + 1;
    }
  }

  /// Those from an instant on and before another.
  public Range range(Instant from, Instant to) {
    var within =
        database.first(
            "select min(seq), max(seq) from audit where at >= ? and at < ?",
            row -> new Range(row.getLong(1), row.getLong(2)),
            from.toEpochMilli(),
            to.toEpochMilli());
    if (within != null && within.last() > 0) {
      return within;
    }
    var before =
        database.first(
            "select max(seq) from audit where at < ?", row -> row.getLong(1), to.toEpochMilli());
    var last = before == null ? 0 : before;
    return new Range(last + 1, last);
  }

  /// At most `most` entries from a number on, oldest first.
  public List<AuditEntry> from(long seq, long last, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from audit where seq >= :seq and seq <= :last order by seq limit :most")
            .bind("seq", seq)
            .bind("last", last)
            .bind("most", most)
            .map((row, _) -> Audit.entry(row))
            .list());
  }
}
