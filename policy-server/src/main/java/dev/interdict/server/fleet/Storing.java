package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.report.Report;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.Together;
import dev.interdict.server.store.Writes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores reports that wait at the same time, of which each goes on from what is here of its device
/// or is refused. What all of them need is read at once, and what they change is written at once.
/// Thread-safe.
final class Storing implements Together<Arrived, ReportOutcome> {
  private static final Logger LOG = LoggerFactory.getLogger(Storing.class);

  private final InstantSource clock;
  private final DeviceEvents events;
  private final Holdings holdings;

  Storing(InstantSource clock, DeviceEvents events, Holdings holdings) {
    this.clock = clock;
    this.events = events;
    this.holdings = holdings;
  }

  @Override
  public List<ReportOutcome> run(Connection connection, List<Arrived> reports) throws SQLException {
    var outcomes = new ArrayList<ReportOutcome>();
    while (outcomes.size() < reports.size()) {
      var rest = reports.subList(outcomes.size(), reports.size());
      outcomes.addAll(new Round(connection, rest.subList(0, apart(rest))).run());
    }
    return outcomes;
  }

  /// How many of the first are of different devices.
  private static int apart(List<Arrived> reports) {
    var devices = new HashSet<DeviceId>();
    for (var arrived : reports) {
      if (!devices.add(arrived.report().device().id())) {
        break;
      }
    }
    return devices.size();
  }

  /// Reports of different devices, so that none depends on what another writes.
  private final class Round {
    private final Connection connection;
    private final List<Arrived> reports;
    private final Map<DeviceId, StoredDevice> devices;
    private final Map<DeviceId, Map<String, RuleRow>> rules;
    private final Map<DeviceId, List<Look>> looks;
    private final Map<DeviceId, Instant> asked;
    private final Writes writes = new Writes();
    private final Rollup rollup = new Rollup();
    private final Instant now = clock.instant();

    Round(Connection connection, List<Arrived> reports) throws SQLException {
      this.connection = connection;
      this.reports = reports;
      var ids = reports.stream().map(arrived -> arrived.report().device().id()).toList();
      devices = StoredDevice.find(connection, ids);
      rules = RuleRows.of(connection, ids);
      looks = Looks.untold(connection, ids);
      asked = Rescans.untold(connection, ids);
    }

    List<ReportOutcome> run() throws SQLException {
      var outcomes = new ArrayList<ReportOutcome>();
      for (var arrived : reports) {
        outcomes.add(store(arrived));
      }
      rollup.write(writes);
      writes.run(connection);
      return outcomes;
    }

    private ReportOutcome store(Arrived arrived) throws SQLException {
      var report = arrived.report();
      var device = devices.get(report.device().id());
      if (device == null) {
        return new ReportOutcome.NotProven("unknown device");
      }
      if (!device.key().equals(arrived.key())) {
        return new ReportOutcome.NotProven("the device has another key by now");
      }
      if (report.sequence() <= device.sequence()) {
        return earlier(connection, report, device, arrived.hash(), now);
      }
      var continuity = Continuity.of(connection, device, report);
      var remembers = report.footing() == null ? 0 : report.footing().taken().sequence();
      switch (continuity) {
        case CLONED -> {
          return cloned(connection, device, report, now);
        }
        case FORKED -> {
          return forked(connection, device, now);
        }
        case AHEAD, RESUMED ->
            events.add(connection, device, continuity, report.sequence(), remembers, now);
        case UNBROKEN -> {}
      }
      var cloned = Doubt.isCloned(device, now);
      writes.add(
          "insert into report (device_id, sequence, received_at, hash, body, retention, cloned)"
              + " values (?,?,?,?,?,?,?)",
          device.id().value(),
          report.sequence(),
          now.toEpochMilli(),
          arrived.hash(),
          new String(arrived.body(), StandardCharsets.UTF_8),
          Retention.of(report).number(),
          cloned ? 1 : 0);
      var projection = new Projection(writes, rollup, device, report, cloned, now);
      projection.write(arrived.hash(), rules.getOrDefault(device.id(), Map.of()));
      if (device.counted()) {
        RuleEvents.add(connection, report, projection.changes(), arrived.published(), now);
      }
      holdings.heard(connection, device.id(), held(report), now);
      if (continuity == Continuity.RESUMED) {
        // The refusal before it is explained.
        writes.add("update device set forked_at = null where device_id = ?", device.id().value());
      }
      var since = asked.get(device.id());
      if (since != null && Rescans.isAfresh(report, since)) {
        Rescans.told(writes, device.id(), now);
      }
      return new ReportOutcome.Accepted(
          Looks.tell(
              writes, looks.getOrDefault(device.id(), List.of()), device.id(), report.sequence()));
    }
  }

  /// Which versions of the signed files a report says its device holds.
  static SortedMap<String, Long> held(Report report) {
    var held = new TreeMap<String, Long>();
    if (report.footing() != null) {
      held.putAll(report.footing().versions());
    }
    if (report.policy() != null) {
      held.put(Holdings.SERIAL, report.policy().serial());
    }
    return held;
  }

  private ReportOutcome earlier(
      Connection connection, Report report, StoredDevice device, String hash, Instant now)
      throws SQLException {
    var stored =
        Sql.first(
            connection,
            "select hash from report where device_id = ? and sequence = ?",
            row -> row.getString(1),
            device.id().value(),
            report.sequence());
    if (hash.equals(stored)) {
      return new ReportOutcome.Repeated(
          Looks.told(connection, device.id(), report.sequence()),
          report.sequence() == device.sequence() ? 0 : device.sequence() + 1);
    }
    var footing = report.footing();
    if (footing != null && Continuity.isAnothers(connection, device, footing.taken())) {
      return cloned(connection, device, report, now);
    }
    // One that was refused before its device went on elsewhere says nothing new.
    return Continuity.isLeftBehind(connection, device, report)
        ? new ReportOutcome.Forked(device.sequence() + 1)
        : forked(connection, device, now);
  }

  private ReportOutcome cloned(
      Connection connection, StoredDevice device, Report report, Instant now) throws SQLException {
    var remembers = report.footing() == null ? 0 : report.footing().taken().sequence();
    events.add(connection, device, Continuity.CLONED, report.sequence(), remembers, now);
    Sql.update(
        connection,
        "update device set cloned_at = ? where device_id = ?",
        now.toEpochMilli(),
        device.id().value());
    Doubt.cast(connection, device, now);
    return new ReportOutcome.Cloned();
  }

  private static ReportOutcome forked(Connection connection, StoredDevice device, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "update device set forked_at = ? where device_id = ?",
        now.toEpochMilli(),
        device.id().value());
    Doubt.cast(connection, device, now);
    LOG.atWarn().addKeyValue("device", device.id()).log("chain of reports forked");
    return new ReportOutcome.Forked(device.sequence() + 1);
  }
}
