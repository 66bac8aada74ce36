package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Workstations that people take out of the fleet, each with its line in the audit log, within the
/// transaction of whoever says how many one person may. Thread-safe.
public final class Departures {
  private final Audit audit;
  private final InstantSource clock;

  public Departures(Audit audit, InstantSource clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /// How many went, and how many were out of the fleet already.
  public record Retired(long now, long before) {}

  /// Takes several out, all that are named or none, in the transaction of `connection`.
  ///
  /// @param agreed whether another person agreed to it, which the audit log tells
  /// @throws RefusedException if one of them is none
  public Retired retire(
      Connection connection, String actor, Collection<String> names, String reason, boolean agreed)
      throws SQLException {
    var each = named(connection, names);
    var went = retire(connection, actor, each, reason, agreed);
    if (went > 0) {
      ExpectedVersion.next(connection);
    }
    return new Retired(went, each.size() - went);
  }

  /// Those of `names` that are in the fleet: what [#retire] would name each, and its department.
  ///
  /// @throws RefusedException if one of them is none
  public SortedMap<String, String> leaving(Connection connection, Collection<String> names)
      throws SQLException {
    var leaving = new TreeMap<String, String>();
    for (var which : named(connection, names)) {
      var department =
          Sql.first(
              connection,
              "select department from device where device_id = ? and standing in ('active',"
                  + " 'waiting') union all select department from expected_device where entry_id ="
                  + " ? and retired_at is null and (device_id is null or device_id = ?)",
              row -> row.getString(1),
              which.device() == null ? "" : which.device().value(),
              which.entry() == null ? "" : which.entry(),
              which.device() == null ? "" : which.device().value());
      if (department != null) {
        leaving.put(which.named(), department);
      }
    }
    return leaving;
  }

  private static Set<Which> named(Connection connection, Collection<String> names)
      throws SQLException {
    var each = new LinkedHashSet<Which>();
    for (var name : names) {
      each.add(Which.of(connection, name));
    }
    return each;
  }

  /// How many of them were in the fleet.
  int retire(Connection connection, String actor, Set<Which> each, String reason, boolean agreed)
      throws SQLException {
    var now = clock.instant();
    var counting = new LinkedHashSet<DeviceId>();
    var leaving = new ArrayList<Which>();
    for (var which : each) {
      var counts = counts(connection, which.device()) && counting.add(which.device());
      if (retireEntry(connection, actor, which, reason, now) || counts) {
        leaving.add(which);
      }
    }
    Binding.stand(connection, List.copyOf(counting), Standing.RETIRED, actor, reason, now);
    for (var which : leaving) {
      audit.append(
          connection,
          actor,
          agreed ? "fleet.retire-agreed" : "fleet.retire",
          which.named(),
          Json.object().put("entry", which.entry()).put("reason", reason).build());
    }
    return leaving.size();
  }

  private static boolean counts(Connection connection, @Nullable DeviceId device)
      throws SQLException {
    return device != null
        && List.of(Standing.ACTIVE.word(), Standing.WAITING.word())
            .contains(Binding.standing(connection, device));
  }

  /// Whether the entry was in the fleet.
  private static boolean retireEntry(
      Connection connection, String actor, Which which, String reason, Instant now)
      throws SQLException {
    if (which.entry() == null) {
      return false;
    }
    // A device that waits may only say that it is this workstation, for which another counts.
    var own = which.device() == null ? "" : which.device().value();
    var retired =
        Sql.update(
            connection,
            "update expected_device set retired_at = ?, retired_by = ?, retired_reason = ? where"
                + " entry_id = ? and retired_at is null and (device_id is null or device_id = ?)",
            now.toEpochMilli(),
            actor,
            reason,
            which.entry(),
            own);
    Sql.update(
        connection,
        "update expected_device set device_id = null where entry_id = ? and device_id = ?",
        which.entry(),
        own);
    return retired > 0;
  }
}
