package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.metrics.Measures;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.wire.DeviceKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes reports: proves the sender, holds each device's reports to one unbroken chain, keeps the
/// exact bytes and the projections made of them in one transaction. Thread-safe.
///
/// The chain: a report follows the last one if its sequence is one more and it carries that one's
/// hash. A jump ahead is accepted and the missing ones are counted as lost, for the device's outbox
/// is bounded and this server may have been restored from a backup. The same bytes again are
/// answered the same again. How anything else goes on is told by [Continuity]: nothing that is here
/// is ever overwritten, and what is refused leaves the device in [Doubt].
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Database database;
  private final InstantSource clock;
  private final DeviceEvents events;
  private final Holdings holdings;
  private final Contacts contacts;
  private final RetiredKeys retired;

  /// One beside which no heartbeats are taken.
  ///
  /// @param holdings hears what devices hold of the signed files
  public Intake(Database database, Audit audit, InstantSource clock, Holdings holdings) {
    this(database, audit, clock, holdings, new Contacts());
  }

  /// @param holdings hears what devices hold of the signed files
  /// @param contacts what heartbeats are held against
  public Intake(
      Database database, Audit audit, InstantSource clock, Holdings holdings, Contacts contacts) {
    this.contacts = contacts;
    this.database = database;
    this.clock = clock;
    this.events = new DeviceEvents(audit);
    this.retired = new RetiredKeys(database, events);
    this.holdings = holdings;
  }

  /// Stores one report; returns only once it is durable.
  ///
  /// @throws dev.interdict.server.store.BusyException if too many wait; the device tries again
  public ReportOutcome accept(SignedRequest request) {
    var now = clock.instant();
    return switch (Proof.of(request, this::key, now)) {
      case Proof.Unproven(var why) -> {
        retired.look(request, now);
        yield new ReportOutcome.NotProven(why);
      }
      case Proof.Proven proven -> accept(proven, now);
    };
  }

  private @Nullable PublicKey key(DeviceId device) {
    var hex =
        database.first(
            "select public_key from device where device_id = ?",
            row -> row.getString(1),
            device.value());
    return hex == null ? null : DeviceKey.of(hex);
  }

  private ReportOutcome accept(Proof.Proven proven, Instant now) {
    Report report;
    try {
      report = ReportJson.read(proven.body());
    } catch (JsonException e) {
      return new ReportOutcome.Malformed(String.valueOf(e.getMessage()));
    }
    if (!report.device().id().equals(proven.device())) {
      return new ReportOutcome.Malformed("the report speaks for another device than its signature");
    }
    if (report.sequence() != proven.sequence()) {
      return new ReportOutcome.Malformed("the report's sequence is not that of its header");
    }
    var hash = ReportJson.hash(proven.body());
    var outcome = database.write(connection -> store(connection, report, proven.body(), hash, now));
    measure(outcome, report);
    // What heartbeats are held against is never newer than the database.
    switch (outcome) {
      case ReportOutcome.Accepted _ -> contacts.reported(proven.device(), hash, now);
      case ReportOutcome.Repeated _ -> {}
      default -> contacts.forget(proven.device());
    }
    return outcome;
  }

  private static void measure(ReportOutcome outcome, Report report) {
    Measures.REPORTS.count(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (outcome instanceof ReportOutcome.Accepted) {
      for (var rule : report.rules()) {
        for (var notice : rule.notices()) {
          var channel = notice.channel() == null ? "none" : notice.channel();
          Measures.NOTICES.count(rule.rule(), notice.phase(), channel, notice.outcome());
        }
      }
    }
  }

  private ReportOutcome store(
      Connection connection, Report report, byte[] body, String hash, Instant now)
      throws SQLException {
    var device = StoredDevice.find(connection, report.device().id());
    if (device == null) {
      return new ReportOutcome.NotProven("unknown device");
    }
    if (report.sequence() <= device.sequence()) {
      return earlier(connection, report, device, hash, now);
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
    var cloned = Doubt.isCloned(connection, device.id(), now);
    Sql.update(
        connection,
        "insert into report (device_id, sequence, received_at, hash, body, retention, cloned)"
            + " values (?,?,?,?,?,?,?)",
        device.id().value(),
        report.sequence(),
        now.toEpochMilli(),
        hash,
        new String(body, StandardCharsets.UTF_8),
        Retention.of(report).number(),
        cloned ? 1 : 0);
    var projection = new Projection(connection, device, report, cloned, now);
    projection.write(hash);
    RuleEvents.add(connection, report, projection.changes(), now);
    holdings.heard(connection, device.id(), held(report), now);
    if (continuity == Continuity.RESUMED) {
      // The refusal before it is explained.
      Sql.update(
          connection,
          "update device set forked_at = null where device_id = ?",
          device.id().value());
    }
    return new ReportOutcome.Accepted(Looks.tell(connection, device.id(), report.sequence()));
  }

  private static SortedMap<String, Long> held(Report report) {
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
