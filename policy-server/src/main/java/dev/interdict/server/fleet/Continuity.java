package dev.interdict.server.fleet;

import dev.interdict.report.Footing;
import dev.interdict.report.Report;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/// How a report goes on from what the server has of its device.
///
/// A device that was set back to an image forgot what it told since, and says so: the last report
/// that it knows to be here. It may go on from there, and whatever lies between is forgotten for
/// good. So whoever goes on from something that was forgotten is another machine with the same key
/// (or the same one set forth again to a later image, which nobody can tell apart).
enum Continuity {
  /// By one more and by the hash of the last, or after some that were lost on the way.
  UNBROKEN,
  /// The device knows of a report here that is not: this server was set back.
  AHEAD,
  /// The device does not know of the last reports here: it was set back.
  RESUMED,
  /// It goes on from what the device was said to have forgotten.
  CLONED,
  /// It contradicts the last one, and does not say what its device remembers.
  FORKED;

  /// That of a report with a later number than all that are here.
  static Continuity of(Connection connection, StoredDevice device, Report report)
      throws SQLException {
    var next = report.sequence() == device.sequence() + 1;
    if (next
        && (device.reportHash() == null || device.reportHash().equals(report.previousHash()))) {
      return UNBROKEN;
    }
    var footing = report.footing();
    if (footing == null) {
      return next ? FORKED : UNBROKEN;
    }
    var taken = footing.taken();
    if (taken.sequence() > device.sequence()) {
      return AHEAD;
    }
    if (isAnothers(connection, device, taken)) {
      return CLONED;
    }
    return taken.sequence() == device.sequence() ? UNBROKEN : RESUMED;
  }

  /// Whether somebody else than this device's present history was told that `taken` is here: it was
  /// forgotten since, or is another one.
  static boolean isAnothers(Connection connection, StoredDevice device, Footing.Taken taken)
      throws SQLException {
    var forgotten =
        Sql.first(
            connection,
            "select sequence from device_event where device_id = ? and kind = 'resumed' and"
                + " from_sequence < ? and sequence > ?",
            row -> row.getLong(1),
            device.id().value(),
            taken.sequence(),
            taken.sequence());
    if (forgotten != null) {
      return true;
    }
    var stored =
        Sql.first(
            connection,
            "select hash from report where device_id = ? and sequence = ?",
            row -> row.getString(1),
            device.id().value(),
            taken.sequence());
    return stored != null && !stored.equals(taken.hash());
  }

  /// Whether the report stands where its device said later that it had forgotten what it told, and
  /// goes on from before that.
  static boolean isLeftBehind(Connection connection, StoredDevice device, Report report)
      throws SQLException {
    var footing = report.footing();
    return footing != null
        && Sql.first(
                connection,
                "select sequence from device_event where device_id = ? and kind = 'resumed' and"
                    + " from_sequence >= ? and from_sequence < ? and sequence > ?",
                row -> row.getLong(1),
                device.id().value(),
                footing.taken().sequence(),
                report.sequence(),
                report.sequence())
            != null;
  }

  /// The word in the database and in answers.
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
