package dev.interdict.server.exemptions;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens to exemptions without anybody: they end at their time, a case that nobody decided
/// before its own end is taken back, old refusals leave the signed shards, and what a crash left
/// unpublished is published. Agents go by the date themselves, so nothing waits for a turn.
///
/// Safe with turns in other processes: each row is changed once.
public final class Upkeep implements AutoCloseable {
  /// Who ends what nobody ended, in the audit log.
  public static final String DATE = "the-date";

  /// How long devices are told of a refusal, which is longer than any request may ask for.
  static final Duration TOLD = Limits.LONGEST;

  /// How long before their end admins are reminded of exemptions.
  public static final Duration REMINDED = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration DAILY = Duration.ofDays(1);

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final ExemptionFiles files;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("exemptions").daemon().factory());
  private Instant reminded = Instant.EPOCH;

  /// One whose turns its owner takes.
  ///
  /// @param clock the one that the server signs by: it refuses to say a time that is far off, by
  ///   which everything would end at once
  public Upkeep(Database database, Audit audit, InstantSource clock, ExemptionFiles files) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.files = files;
  }

  /// Takes a turn at once and then every `interval`, unless another server took it.
  public Upkeep start(Duration interval, Leases leases) {
    var lease = interval.minus(interval.dividedBy(10));
    var _ =
        schedule.scheduleWithFixedDelay(
            () -> guarded(leases, lease), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded(Leases leases, Duration lease) {
    try {
      if (leases.take("exemptions", lease)) {
        run();
      }
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atError().setCause(e).log("exemptions were not looked after, it is tried again");
    }
  }

  /// One turn.
  public void run() {
    var now = clock.instant();
    end(now);
    var refused = files.publish(DATE);
    if (refused != null) {
      LOG.atError()
          .addKeyValue("reason", refused.reason())
          .log("exemptions are decided that no device sees");
    }
    if (!now.isBefore(reminded.plus(DAILY))) {
      reminded = now;
      remind(now);
    }
  }

  private void remind(Instant now) {
    for (var one : new Cases(database).ending(now, REMINDED)) {
      LOG.atInfo()
          .addKeyValue("case", one.id())
          .addKeyValue("rule", one.about().rule())
          .addKeyValue("device", one.about().device())
          .addKeyValue("until", one.until())
          .log("an exemption ends soon");
    }
  }

  private void end(Instant now) {
    database.write(connection -> {
      var due =
          Sql.list(
              connection,
              "select * from exemption where state in ('granted', 'confirmed') and until_at <= ?"
                  + " order by case_number",
              ExemptionCase::read,
              now.toEpochMilli());
      for (var one : due) {
        var rows = new CaseRows(connection, one.about());
        var granted = one.state() == CaseState.GRANTED;
        if (granted) {
          var ended = rows.end(one, DATE, "its end has come", now);
          CaseRows.told(connection, "exemption.end", ended, DATE, now);
        } else {
          rows.lapse(one, DATE, "nobody decided before the end that was asked for", now);
        }
        audit.append(
            connection,
            DATE,
            granted ? "exemption.end" : "exemption.withdraw",
            one.id(),
            CaseRows.named(one, Json.object()));
      }
      endingSoon(connection, now);
      Sql.update(
          connection,
          "update exemption set in_force = 0 where in_force = 1 and state in ('refused',"
              + " 'withdrawn') and decided_at <= ?",
          now.minus(TOLD).toEpochMilli());
      IssuedCodes.forget(connection, now);
      return due.size();
    });
  }

  /// Tells other systems while there is time to ask for another.
  private static void endingSoon(Connection connection, Instant now) throws SQLException {
    var soon =
        Sql.list(
            connection,
            "select * from exemption where state = 'granted' and until_at > ? and until_at <= ?",
            ExemptionCase::read,
            now.toEpochMilli(),
            now.plus(REMINDED).toEpochMilli());
    for (var one : soon) {
      Events.once(
          connection,
          "ending:" + one.id(),
          EventKind.EXEMPTION_ENDING,
          now,
          one.about().device(),
          one.about().rule().value(),
          CaseRows.detail(connection, one).build());
    }
  }

  /// Stops; a turn that has begun is finished.
  @Override
  public void close() {
    schedule.close();
  }
}
