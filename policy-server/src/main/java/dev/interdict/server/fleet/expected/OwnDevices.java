package dev.interdict.server.fleet.expected;

import dev.interdict.report.DeviceId;
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

  private final Database database;

  public OwnDevices(Database database) {
    this.database = database;
  }

  /// An entry of the list that names somebody.
  ///
  /// @param host as the list says; empty where it does not
  /// @param device that counts as it; null while none does
  public record Own(String host, @Nullable DeviceId device) {}

  /// What the list says is theirs, by host name.
  ///
  /// @param names by which they may stand there, to the letter; one to [#NAMES]
  public List<Own> of(Collection<String> names, int most) {
    var all = List.copyOf(names);
    if (all.isEmpty() || all.size() > NAMES) {
      throw new IllegalArgumentException(all.size() + " names for one person");
    }
    var binds = new HashMap<String, String>();
    for (var i = 0; i < NAMES; i++) {
      binds.put("n" + i, all.get(i % all.size()));
    }
    return database.read(handle ->
        handle
            .createQuery(
                "select coalesce(host, serial, asset, '') as name, device_id from expected_device"
                    + " where person in (:n0, :n1, :n2, :n3) and retired_at is null order by name,"
                    + " entry_id limit :most")
            .bindMap(binds)
            .bind("most", most)
            .map((row, _) -> {
              var device = row.getString("device_id");
              return new Own(row.getString("name"), device == null ? null : new DeviceId(device));
            })
            .list());
  }
}
