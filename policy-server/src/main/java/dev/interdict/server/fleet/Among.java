package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks of many devices at once. Few lengths of lists only, so that few statements are to be
/// prepared and kept.
final class Among {
  /// Stands in a query for the list of devices, after `in`.
  static final String MARKS = "(:devices)";

  private static final int[] LENGTHS = {1, 8, 64};
  private static final int LONGEST = 64;

  private Among() {}

  /// Reads all rows of a query on `devices`.
  static void list(Connection connection, String sql, List<DeviceId> devices, Sql.Row<?> row)
      throws SQLException {
    for (var from = 0; from < devices.size(); from += LONGEST) {
      var some = devices.subList(from, Math.min(devices.size(), from + LONGEST));
      var ids = new @Nullable Object[length(some.size())];
      for (var i = 0; i < ids.length; i++) {
        // The last one again and again, which makes no further rows.
        ids[i] = some.get(Math.min(i, some.size() - 1)).value();
      }
      var _ =
          Sql.list(
              connection, sql.replace(MARKS, "(?" + ",?".repeat(ids.length - 1) + ")"), row, ids);
    }
  }

  private static int length(int least) {
    for (var length : LENGTHS) {
      if (length >= least) {
        return length;
      }
    }
    return LONGEST;
  }
}
