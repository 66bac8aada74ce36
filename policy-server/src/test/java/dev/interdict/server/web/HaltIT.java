package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltIT {
  @TempDir Path folder;

  @Test
  void the_overview_says_that_the_circuit_breaker_holds_the_rule_until_somebody_lets_go() {
    try (var fleet = new SimulatedFleet(folder);
        var console = new ConsoleServer(fleet, SampleCompany::blocklist).signedIn()) {
      var path = "/?rule=" + SampleCompany.RULE;
      assertFalse(console.get(path).body().contains("circuit breaker"));
      write(
          fleet,
          "insert into breaker_trip (rule_id, tripped_at, cause, words) values (?, 1782864000000,"
              + " 'failures', 'removal failed on 21 workstations <b>')");
      var held = console.get(path).body();
      assertTrue(held.contains("The circuit breaker holds this rule"), held);
      assertTrue(held.contains("removal failed on 21 workstations &lt;b"), held);
      write(fleet, "update breaker_trip set resumed_at = 1782864000001 where rule_id = ?");
      assertFalse(console.get(path).body().contains("circuit breaker"));
    }
  }

  private static void write(SimulatedFleet fleet, String sql) {
    fleet.database.write(connection -> Sql.update(connection, sql, SampleCompany.RULE));
  }
}
