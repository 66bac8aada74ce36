package dev.interdict.server.audit;

import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the entries of the audit log that a filter lets through. Thread-safe; never writes.
public final class AuditLog {
  private final Database database;

  public AuditLog(Database database) {
    this.database = database;
  }

  private static final class Where {
    private final StringBuilder text = new StringBuilder(" from audit where seq < :before");
    private final Map<String, Object> binds = new HashMap<>();

    void and(String condition, String name, @Nullable Object value) {
      if (value != null) {
        text.append(" and ").append(condition);
        binds.put(name, value);
      }
    }
  }

  private static Where where(AuditFilter filter, long before) {
    var where = new Where();
    where.binds.put("before", before);
    where.and("actor = :actor", "actor", filter.actor());
    where.and("object = :object", "object", filter.object());
    var action = filter.action();
    where.and("(action = :action or (action >= :below and action < :behind))", "action", action);
    if (action != null) {
      where.binds.put("below", action + ".");
      // The character after a dot.
      where.binds.put("behind", action + "/");
    }
    var from = filter.from();
    where.and("at >= :from", "from", from == null ? null : from.toEpochMilli());
    var to = filter.to();
    where.and("at < :to", "to", to == null ? null : to.toEpochMilli());
    return where;
  }

  /// At most `most` entries before `before`, newest first.
  public List<AuditEntry> list(AuditFilter filter, long before, int most) {
    var where = where(filter, before);
    return database.read(handle ->
        handle
            .createQuery("select *" + where.text + " order by seq desc limit :most")
            .bindMap(where.binds)
            .bind("most", most)
            .map((row, _) -> Audit.entry(row))
            .list());
  }

  /// How many there are.
  public long count(AuditFilter filter) {
    var where = where(filter, Long.MAX_VALUE);
    return database.read(handle ->
        handle
            .createQuery("select count(*)" + where.text)
            .bindMap(where.binds)
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
