package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is kept of single devices beyond what their page shows, page by page. Whoever asks sees to
/// it that the device is one they may see. Thread-safe; never writes.
public final class DeviceRecords {
  private final Database database;

  public DeviceRecords(Database database) {
    this.database = database;
  }

  /// The place of an action: the report that told it, and its place there.
  public record Place(long sequence, long n) {}

  /// Something the agent did.
  public record Action(Place place, DeviceDetail.Step step) {}

  /// What the agent did, newest first.
  public List<Action> actions(DeviceId device, @Nullable Place after, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from action where device_id = :id and sequence <= :sequence and (sequence"
                    + " < :sequence or n < :n) order by sequence desc, n desc limit :most")
            .bind("id", device.value())
            .bind("sequence", after == null ? Long.MAX_VALUE : after.sequence())
            .bind("n", after == null ? 0 : after.n())
            .bind("most", most)
            .map((row, _) ->
                new Action(
                    new Place(row.getLong("sequence"), row.getLong("n")),
                    DeviceDetail.Step.read(row)))
            .list());
  }

  /// How many actions are kept of it.
  public long actions(DeviceId device) {
    return count("select count(*) from action where device_id = :id", device);
  }

  /// What other systems were told about it, newest first.
  ///
  /// @param before the number that they are below
  public List<Event> events(DeviceId device, long before, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select * from event where device_id = :id and seq < :before order by seq desc"
                    + " limit :most")
            .bind("id", device.value())
            .bind("before", before)
            .bind("most", most)
            .map((row, _) -> EventLog.read(row))
            .list());
  }

  /// How many events are kept of it.
  public long events(DeviceId device) {
    return count("select count(*) from event where device_id = :id", device);
  }

  private long count(String sql, DeviceId device) {
    return database.read(
        handle -> handle.createQuery(sql).bind("id", device.value()).mapTo(Long.class).one());
  }

  /// A ring that enrolment puts devices into, and how many of them count.
  public record Ring(String name, long devices) {}

  /// The rings of the departments that somebody sees, by name.
  public List<Ring> rings(Scope scope) {
    var binds = new HashMap<String, Object>();
    var where = ScopeCondition.of(scope, "d.department", binds);
    return database.read(handle ->
        handle
            .createQuery(
                "select d.ring, count(*) as n from device d where d.standing = 'active'"
                    + where
                    + " group by d.ring order by d.ring")
            .bindMap(binds)
            .map((row, _) -> new Ring(row.getString("ring"), row.getLong("n")))
            .list());
  }
}
