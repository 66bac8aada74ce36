package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Footing;
import dev.interdict.report.OsFamily;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsIT {
  @TempDir Path folder;

  /// Notes what it is told, in its order.
  private static final class Heard implements Holdings {
    final List<String> told = new ArrayList<>();

    @Override
    public void coming(SortedMap<String, Long> versions, Instant now) {
      told.add("coming " + versions);
    }

    @Override
    public void heard(
        Connection connection, DeviceId device, SortedMap<String, Long> versions, Instant now) {
      told.add("heard " + versions);
    }
  }

  @Test
  void what_a_device_holds_is_told_before_the_transaction_too() {
    try (var fleet = new SimulatedFleet(folder)) {
      var device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
      device.remembering(Footing.Taken.NONE, new TreeMap<>(Map.of("timestamp", 7L)));
      var heard = new Heard();
      var now = fleet.clock.instant();
      var body = device.report(new Coverage(now, true, List.of()), now);
      var intake = new Intake(fleet.database, fleet.audit, fleet.clock, heard);
      assertInstanceOf(ReportOutcome.Accepted.class, intake.accept(device.signedReport(body, now)));
      assertEquals(
          List.of("coming {serial=1, timestamp=7}", "heard {serial=1, timestamp=7}"), heard.told);
    }
  }
}
