package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the exact bytes of old reports go, a device at a time, each in a small transaction of its
/// own: what they came to is worked out beforehand and kept in their place, in the same transaction
/// ([Replay]). The last report of a device stays, whatever its age. Safe with another server at the
/// same work: whoever comes second finds another base and leaves the device alone.
public final class Pruning {
  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
  private static final int PAGE = 200;

  /// How many reports a run lets go, so that people who read the log can still stop it when it goes
  /// wrong.
  private static final int MOST = 20_000;

  private static final String OLD = " ((retention = 0 and received_at < ?) or received_at < ?)";

  /// What people are called and what they wrote goes with the last report that told it; that there
  /// was a notice or an answer stays. Of answers from before V73 that report is not known.
  private static final String NOTICES =
      "update notice set person = null where device_id = ? and sequence <= ? and person is not null"
          + " and not exists (select 1 from report r where r.device_id = notice.device_id and"
          + " r.sequence = notice.sequence)";

  private static final String ANSWERS =
      "update answer set person = null, reason = null where device_id = ? and (sequence <= ? or"
          + " sequence is null and heard_at < ?) and (person is not null or reason is not null) and"
          + " not exists (select 1 from report r where r.device_id = answer.device_id and"
          + " r.sequence = answer.sequence)";

  /// The same of what employees filed at the console, which no report tells, once it is over: until
  /// then whoever decides reads it, and nobody decides on their own.
  private static final String FILED =
      "update filed_request set account = null, reason = null where at < ? and until_at < ? and"
          + " (account is not null or reason is not null)";

  /// An older server of the same database knows nothing of requests when it erases a device.
  private static final String FILED_OF_NONE =
      "delete from filed_request where not exists (select 1 from device d where d.device_id ="
          + " filed_request.device_id)";

  private final Database database;
  private final Duration ordinary;
  private final Duration evidence;
  private volatile boolean stopped;

  /// The last device that the last run was at; empty where that came to the end.
  private String at = "";

  /// @param ordinary for how long reports are kept that later ones replace
  /// @param evidence for how long those that carry actions, notices, answers or failures
  public Pruning(Database database, Duration ordinary, Duration evidence) {
    this.database = database;
    this.ordinary = ordinary;
    this.evidence = evidence;
  }

  /// Has a run end after the device that it is at.
  public void stop() {
    stopped = true;
  }

  /// Whether the last run came to the last device; if not, the next one goes on from there.
  public boolean isThrough() {
    return at.isEmpty();
  }

  /// Goes through the devices, up to a bound of reports.
  ///
  /// @param now a time that is known to have come: what was kept long enough by it goes for good
  /// @return how many reports went
  /// @throws dev.interdict.server.store.BusyException if the writer has enough to do; what was done
  ///   stays done
  public synchronized long run(Instant now) {
    var old = now.minus(ordinary).toEpochMilli();
    var oldest = now.minus(evidence).toEpochMilli();
    database.write(connection ->
        Sql.update(connection, FILED, oldest, now.toEpochMilli())
            + Sql.update(connection, FILED_OF_NONE));
    var gone = 0L;
    try (var replay = new Replay()) {
      for (var page = page(at); !stopped; page = page(at)) {
        if (page.isEmpty() || gone >= MOST) {
          at = page.isEmpty() ? "" : at;
          break;
        }
        for (var one : prunable(page, old, oldest).entrySet()) {
          gone +=
              stopped ? 0 : prune(replay, new DeviceId(one.getKey()), one.getValue(), old, oldest);
        }
        at = page.getLast();
      }
    }
    if (gone > 0) {
      LOG.atInfo()
          .addKeyValue("reports", gone)
          .addKeyValue("from-before", now.minus(ordinary))
          .addKeyValue("evidence-from-before", now.minus(evidence))
          .addKeyValue("goes-on", !isThrough())
          .log("old reports pruned");
    }
    return gone;
  }

  private List<String> page(String after) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id from device where device_id > :after and sequence > 0 order by"
                    + " device_id limit "
                    + PAGE)
            .bind("after", after)
            .mapTo(String.class)
            .list());
  }

  /// By device the last of its reports that may go.
  private Map<String, Long> prunable(List<String> page, long old, long oldest) {
    return database.read(handle -> {
      try {
        var found = new java.util.TreeMap<String, Long>();
        Sql.list(
            handle.getConnection(),
            "select r.device_id, max(r.sequence) from report r join device d on d.device_id ="
                + " r.device_id where r.device_id >= ? and r.device_id <= ? and r.sequence <"
                + " d.sequence and"
                + OLD
                + " group by r.device_id",
            row -> found.put(row.getString(1), row.getLong(2)),
            page.getFirst(),
            page.getLast(),
            old,
            oldest);
        return found;
      } catch (SQLException e) {
        throw new StoreException("the old reports cannot be found", e);
      }
    });
  }

  private int prune(Replay replay, DeviceId device, long until, long old, long oldest) {
    try {
      var base =
          database.read(handle -> {
            try {
              return replay.make(handle.getConnection(), device, until);
            } catch (SQLException e) {
              throw new StoreException("the reports of " + device + " cannot be read", e);
            } catch (JsonException e) {
              throw new IllegalStateException(e.getMessage(), e);
            }
          });
      return database.write(connection -> {
        if (base(connection, device) != base) {
          return 0;
        }
        if (until > base) {
          replay.keepAsBase(connection, device);
        }
        var gone =
            Sql.update(
                connection,
                "delete from report where device_id = ? and sequence <= ? and" + OLD,
                device.value(),
                until,
                old,
                oldest);
        Sql.update(connection, NOTICES, device.value(), until);
        Sql.update(connection, ANSWERS, device.value(), until, oldest);
        return gone;
      });
    } catch (IllegalStateException e) {
      LOG.atWarn()
          .addKeyValue("device", device)
          .setCause(e)
          .log("a stored report cannot be read, nothing of its device is pruned");
      return 0;
    }
  }

  private static long base(Connection connection, DeviceId device) throws SQLException {
    var base =
        Sql.first(
            connection,
            "select sequence from report_base where device_id = ?",
            row -> row.getLong(1),
            device.value());
    return base == null ? 0 : base;
  }
}
