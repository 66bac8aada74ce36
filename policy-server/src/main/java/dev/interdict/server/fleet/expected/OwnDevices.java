package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose a workstation is, by the column `person` of the company's list, which is the only place
/// that knows: devices tell no names. Thread-safe; never writes.
public final class OwnDevices {
  /// By how many names one person may stand in the list.
  public static final int NAMES = 4;

  private static final String NAME = "coalesce(e.host, e.serial, e.asset, '')";

  private final Database database;

  public OwnDevices(Database database) {
    this.database = database;
  }

  /// An entry of the list that names somebody.
  ///
  /// @param entry its id
  /// @param host as the list says; empty where it does not
  /// @param device that counts as it; null while none does
  public record Own(String entry, String host, @Nullable DeviceId device) {}

  /// The place of an entry among somebody's.
  public record Place(String host, String entry) {}

  /// What the list says is theirs, by host name, of those devices that they may see.
  ///
  /// @param names by which they may stand there, to the letter; one to [#NAMES]
  /// @param scope the departments that they see; what no device counts as is only the whole fleet's
  /// @param after the last of the page before; null for the first
  public List<Own> of(Collection<String> names, Scope scope, @Nullable Place after, int most) {
    var where = where(names, scope);
    if (after != null) {
      where
          .add("(" + NAME + " > :host or " + NAME + " = :host and e.entry_id > :entry)")
          .bind("host", after.host())
          .bind("entry", after.entry());
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select e.entry_id, "
                    + NAME
                    + " as name, e.device_id from expected_device e"
                    + where.text()
                    + " order by name, e.entry_id limit :most")
            .bindMap(where.binds())
            .bind("most", most)
            .map((row, _) -> {
              var device = row.getString("device_id");
              return new Own(
                  row.getString("entry_id"),
                  row.getString("name"),
                  device == null ? null : new DeviceId(device));
            })
            .list());
  }

  /// How many that are.
  public long count(Collection<String> names, Scope scope) {
    var where = where(names, scope);
    return database.read(handle ->
        handle
            .createQuery("select count(*) from expected_device e" + where.text())
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// Whether that device is among theirs.
  public boolean has(Collection<String> names, Scope scope, DeviceId device) {
    var where = where(names, scope).add("e.device_id = :device").bind("device", device.value());
    return database.read(handle ->
        handle
                .createQuery("select count(*) from expected_device e" + where.text())
                .bindMap(where.binds())
                .mapTo(Long.class)
                .one()
            > 0);
  }

  private static Where where(Collection<String> names, Scope scope) {
    if (names.isEmpty() || names.size() > NAMES) {
      throw new IllegalArgumentException(names.size() + " names for one person");
    }
    var binds = new HashMap<String, Object>();
    var seen =
        "exists (select 1 from device d where d.device_id = e.device_id"
            + ScopeCondition.of(scope, "d.department", binds)
            + ")";
    return new Where()
        .any("e.person", "name", names)
        .add("e.retired_at is null")
        .add(scope.isWhole() ? "(e.device_id is null or " + seen + ")" : seen)
        .bind(binds);
  }
}
