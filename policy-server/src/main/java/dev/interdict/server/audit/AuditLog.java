package dev.interdict.server.audit;

import dev.interdict.server.store.Database;
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
}
