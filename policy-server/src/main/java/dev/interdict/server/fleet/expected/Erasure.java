package dev.interdict.server.fleet.expected;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.Standing;
import dev.interdict.server.fleet.Traces;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes away for good what is kept of a workstation that left the fleet, and of whom it belonged
/// to, for whoever asks for it by law. One transaction with its line in the audit log.
///
/// What remains: the log's own lines, which name the device by its id and what people wrote of it;
/// figures of past days, which name nobody; backups, until they are deleted. Thread-safe.
public final class Erasure {
  /// How long a device that left has to have been unheard: whoever takes one that is in use out of
  /// the fleet must not make it disappear as well.
  private static final Duration UNHEARD = Duration.ofDays(7);

  /// Of a device that does not count.
  private static final List<String> GONE =
      List.of(Standing.RETIRED.word(), Standing.REFUSED.word(), Standing.SUPERSEDED.word());

  private final Database database;
  private final Audit audit;
  private final Elsewhere elsewhere;
  private final InstantSource clock;

  /// Takes a workstation's name out of what is kept of other things.
  @FunctionalInterface
  public interface Elsewhere {
    void forget(Connection connection, String host) throws SQLException;
  }

  /// What went.
  ///
  /// @param named the id of the device, or of the list's entry where none counted as it
  /// @param reports that it had sent and that were still kept
  public record Erased(String named, long reports) {}

  private record Kept(DeviceId id, String host, String standing, @Nullable String entry) {}

  public Erasure(Database database, Audit audit, Elsewhere elsewhere, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.elsewhere = elsewhere;
    this.clock = clock;
  }

  /// Erases it. A device that goes on reporting afterwards is one that nobody knows.
  ///
  /// @param name as people name a workstation
  /// @throws RefusedException if it counts, is expected, is exempt, or is in use, since what
  ///   depends on it would change without a trace; or if there is none
  public Erased erase(String actor, String name, String reason) {
    return database.write(connection -> {
      var which = Which.of(connection, name);
      var device = device(connection, which, name);
      if (device != null) {
        refuse(connection, device);
      }
      var entry = device == null ? which.entry() : entryOf(connection, device);
      if (entry != null && isExpected(connection, entry)) {
        throw new RefusedException(
            Sentence.of(
                "erase.expected",
                "the company's list expects it under the entry %s; retire that first",
                entry));
      }
      var reports = 0L;
      if (device != null) {
        elsewhere.forget(connection, device.host());
        reports = Traces.erase(connection, device.id(), device.host());
      }
      if (entry != null) {
        Sql.update(connection, "delete from expected_device where entry_id = ?", entry);
        ExpectedVersion.next(connection);
      }
      var named = device == null ? which.named() : device.id().value();
      audit.append(
          connection,
          actor,
          "device.erase",
          named,
          Json.object().put("entry", entry).put("reports", reports).put("reason", reason).build());
      return new Erased(named, reports);
    });
  }

  /// The device that is named, or that counted as the entry that is; null where none ever did.
  private static @Nullable Kept device(Connection connection, Which which, String name)
      throws SQLException {
    var columns = "select device_id, host, standing, entry_id from device where ";
    var id = which.device();
    var found =
        Sql.list(
            connection,
            columns + (id == null ? "entry_id = ?" : "device_id = ?") + " limit 2",
            row ->
                new Kept(
                    new DeviceId(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4)),
            id == null ? which.entry() : id.value());
    if (found.size() > 1) {
      throw new RefusedException(
          Sentence.of(
              "erase.several",
              "several devices were \"%s\"; erase them one by one, by their ids",
              name));
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The entry that goes with the device: none where another says that it is that workstation too.
  private static @Nullable String entryOf(Connection connection, Kept device) throws SQLException {
    var entry = device.entry();
    return entry == null
            || Sql.first(
                    connection,
                    "select device_id from device where entry_id = ? and device_id <> ? limit 1",
                    row -> row.getString(1),
                    entry,
                    device.id().value())
                != null
        ? null
        : entry;
  }

  private static boolean isExpected(Connection connection, String entry) throws SQLException {
    return Sql.first(
            connection,
            "select entry_id from expected_device where entry_id = ? and retired_at is null",
            row -> row.getString(1),
            entry)
        != null;
  }

  private void refuse(Connection connection, Kept device) throws SQLException {
    if (!GONE.contains(device.standing())) {
      throw new RefusedException(
          Sentence.of(
              "erase.standing",
              "the device is %s, and the fleet would have one less without a trace; retire it"
                  + " first",
              Sentence.word("state.standing", device.standing())));
    }
    if (Sql.first(
            connection,
            "select last_contact from device where device_id = ? and last_contact > standing_at and"
                + " last_contact > ?",
            row -> row.getLong(1),
            device.id().value(),
            clock.instant().minus(UNHEARD).toEpochMilli())
        != null) {
      throw new RefusedException(
          Sentence.of(
              "erase.heard",
              "the device was heard after it left the fleet, so it is in use; unenrol it, and erase"
                  + " it when it was not heard for %s days",
              UNHEARD.toDays()));
    }
    if (Sql.first(
            connection,
            "select rule_id from exemption where device_id = ? and in_force = 1 and state ="
                + " 'granted' limit 1",
            row -> row.getString(1),
            device.id().value())
        != null) {
      throw new RefusedException(
          Sentence.of(
              "erase.exempt",
              "the device is exempt by a signed file that names it; end its exemptions first"));
    }
  }
}
