package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Terms;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that no counts know of, as of a ring without a source, are counted one by one, and not
/// for ever.
class RingTotalsIT {
  @TempDir Path folder;

  private static DeviceFilter of(String ring) {
    return new DeviceFilter(
        "some-tool",
        Set.of(),
        Terms.ALL,
        Terms.ALL,
        Terms.of(ring),
        Terms.ALL,
        Terms.read(List.of("!npm")),
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        null);
  }

  /// As many again of the one device there is.
  private static long copied(Connection connection, int copies) throws SQLException {
    var columns = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select * from device limit 1")) {
      for (var n = 1; n <= row.getMetaData().getColumnCount(); n++) {
        columns.add(row.getMetaData().getColumnName(n));
      }
    }
    var id = "substr('00000000000000000000000000000000' || k.n, length('' || k.n) + 1)";
    var values = columns.stream().map(name -> name.equals("device_id") ? id : "d." + name).toList();
    return Sql.update(
        connection,
        "insert into device ("
            + String.join(", ", columns)
            + ") with recursive k (n) as (select 1 union all select n + 1 from k where n < ?)"
            + " select "
            + String.join(", ", values)
            + " from k cross join device d",
        copies);
  }

  @Test
  void a_ring_of_very_many_says_that_there_are_more() {
    try (var fleet = new SimulatedFleet(folder)) {
      fleet.enrolled("ws", OsFamily.LINUX, "R&D");
      var ring =
          fleet.database.read(
              handle -> handle.createQuery("select ring from device").mapTo(String.class).one());
      fleet.database.write(connection -> copied(connection, DeviceTotal.COUNTED - 1));
      var exact = fleet.compliance.devices(of(ring), null, 10);
      assertEquals(DeviceTotal.COUNTED, exact.total());
      assertFalse(exact.more());
      fleet.enrolled("ws-2", OsFamily.LINUX, "R&D");
      var bounded = fleet.compliance.devices(of(ring), null, 10);
      assertEquals(DeviceTotal.COUNTED, bounded.total());
      assertTrue(bounded.more());
      assertEquals(10, bounded.rows().size());
    }
  }
}
