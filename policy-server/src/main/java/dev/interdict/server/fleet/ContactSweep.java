package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.ContactDay;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes contacts that heartbeats made to the database, a slice at a time, each within about a
/// minute, and on closing. A crash loses that minute, by which a device can only look silent for
/// longer than it was.
///
/// It is also how servers on one database learn of one another: a contact that no longer fits what
/// the database has of its device is dropped and the device asked for its whole report, as is one
/// that has something to be told. So of two machines with one key that are heard at two servers,
/// one goes on from a heartbeat that the database does not have any more, and is found out.
public final class ContactSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContactSweep.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  /// By how much the clocks of servers on one database may differ.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final int TURNS_A_MINUTE = 30;
  private static final int SLICE = 500;

  private final Database database;
  private final Contacts contacts;
  private final Heartbeats heartbeats;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("contacts").daemon().factory());
  private final InstantSource clock;
  private Instant looked;
  private int turns;

  /// One whose turns its owner takes.
  public ContactSweep(
      Database database, Contacts contacts, Heartbeats heartbeats, InstantSource clock) {
    this.clock = clock;
    this.looked = clock.instant();
    this.database = database;
    this.contacts = contacts;
    this.heartbeats = heartbeats;
  }

  /// Takes a turn every two seconds.
  public ContactSweep start() {
    var _ =
        schedule.scheduleWithFixedDelay(
            this::guarded, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void guarded() {
    try {
      turn();
    } catch (BusyException e) {
      LOG.atDebug().setCause(e).log("contacts are written down later");
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule.
      LOG.atWarn().setCause(e).log("contacts were not written down, it is tried again");
    }
  }

  private void turn() {
    forgetReplaced();
    // What came in a minute goes in a minute, however much it is.
    for (var left = Math.max(SLICE, contacts.waiting() / (TURNS_A_MINUTE / 2)); left > 0; ) {
      var written = slice(Math.min(left, SLICE));
      left = written == 0 ? 0 : left - written;
    }
    turns++;
    if (turns % (TURNS_A_MINUTE / 2) == 0) {
      recall();
    }
    if (turns % TURNS_A_MINUTE == 0) {
      say();
    }
  }

  private void say() {
    var taken = heartbeats.takenSince();
    var turnedDown = heartbeats.turnedDownSince();
    if (taken + turnedDown > 0) {
      LOG.atInfo()
          .addKeyValue("taken", taken)
          .addKeyValue("whole-wanted", turnedDown)
          .addKeyValue("unwritten", contacts.waiting())
          .log("heartbeats of the last minute");
    }
  }

  /// Writes one slice; returns how many there were.
  private int slice(int most) {
    var taken = contacts.take(most);
    if (taken.isEmpty()) {
      return 0;
    }
    try {
      write(taken).forEach(contacts::forget);
    } catch (RuntimeException e) {
      // Also where nobody knows whether it was written: twice does no harm.
      contacts.giveBack(taken);
      throw e;
    }
    return taken.size();
  }

  /// Returns the devices of which the database has another report or heartbeat by now.
  private List<DeviceId> write(List<Contacts.Unwritten> contacts) {
    return database.write(connection -> {
      var others = new ArrayList<DeviceId>();
      for (var one : contacts) {
        if (write(connection, one) == 0) {
          others.add(one.device());
        }
      }
      return others;
    });
  }

  private static int write(Connection connection, Contacts.Unwritten one) throws SQLException {
    return Sql.update(
        connection,
        "update device set last_contact = case when last_contact < ? then ? else last_contact end,"
            + " contact_day = case when contact_day < ? then ? else contact_day end, beat = ? where"
            + " device_id = ? and substr(report_hash, 1, 16) = ? and beat in (?, ?)",
        one.at(),
        one.at(),
        ContactDay.of(Instant.ofEpochMilli(one.at())),
        ContactDay.of(Instant.ofEpochMilli(one.at())),
        one.beat(),
        one.device().value(),
        HexFormat.of().toHexDigits(one.report()),
        one.base(),
        // Written before, where nobody knew whether it was.
        one.beat());
  }

  /// Has devices report wholly to which something is to be told with the answer, which people want
  /// to hear anew, or whose last report another server found to be in doubt.
  void recall() {
    var untold =
        database.read(handle ->
            handle
                .createQuery(
                    "select device_id from device_look where told_sequence is null union select"
                        + " device_id from rescan where told_at is null and asked_at > :after union"
                        + " select o.device_id from doubt o join device d on d.device_id ="
                        + " o.device_id and d.sequence = o.sequence")
                .bind("after", clock.instant().minus(Rescans.LASTS).toEpochMilli())
                .mapTo(String.class)
                .list());
    untold.forEach(device -> contacts.forget(new DeviceId(device)));
  }

  /// Has devices whose keys other servers replaced held against the database, so that an old key is
  /// good for nothing anywhere within seconds.
  void forgetReplaced() {
    var now = clock.instant();
    var since = looked.minus(SKEW).toEpochMilli();
    var replaced =
        database.read(handle ->
            handle
                .createQuery("select device_id from device_key where replaced_at > :since")
                .bind("since", since)
                .mapTo(String.class)
                .list());
    replaced.forEach(device -> contacts.forget(new DeviceId(device)));
    looked = now;
  }

  /// Writes all down that there is.
  public void run() {
    while (slice(SLICE) > 0) {
      LOG.atDebug().log("contacts written down");
    }
  }

  /// Stops, and writes down what there is.
  @Override
  public void close() {
    schedule.shutdown();
    try {
      if (!schedule.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn().log("the sweep of contacts did not end in time");
      }
      run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("the last contacts were not written down");
    }
  }
}
