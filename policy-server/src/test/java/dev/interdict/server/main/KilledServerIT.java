package dev.interdict.server.main;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.server.store.PostgresServer;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers and databases are killed under load: no acknowledged report is lost, none counts twice.
/// `-Dinterdict.kills=1000` kills that often.
class KilledServerIT {
  private static final int KILLS = Integer.getInteger("interdict.kills", 3);
  private static final int DEVICES = 8;
  private static final int BETWEEN = 100;

  @TempDir Path folder;

  @Test
  void every_acknowledged_report_survives_kill_9() throws Exception {
    try (var fleet = new ReportingFleet()) {
      for (var kill = 0; kill < KILLS; kill++) {
        try (var server = ServerProcess.start(folder)) {
          fleet.at(List.of(server.port()));
          if (kill == 0) {
            fleet.start(DEVICES, server.secret());
          }
          fleet.more(BETWEEN);
        }
      }
      check(fleet);
    }
  }

  @Test
  void of_two_servers_on_one_database_each_is_killed_in_turn() throws Exception {
    assumeTrue(TestingDatabase.IS_POSTGRES, "needs a database that several servers share");
    var one = ServerProcess.start(folder);
    var other = ServerProcess.start(folder);
    try (var fleet = new ReportingFleet()) {
      fleet.at(List.of(one.port(), other.port()));
      fleet.start(DEVICES, one.secret());
      for (var kill = 0; kill < KILLS; kill++) {
        fleet.more(BETWEEN);
        one.close();
        fleet.more(BETWEEN);
        one = other;
        other = ServerProcess.start(folder);
        fleet.at(List.of(one.port(), other.port()));
      }
      check(fleet);
    } finally {
      one.close();
      other.close();
    }
  }

  @Test
  void a_database_that_is_killed_and_comes_back_has_all_that_was_acknowledged() throws Exception {
    assumeTrue(TestingDatabase.IS_POSTGRES, "needs a database in a process of its own");
    try (var database = PostgresServer.separate();
        var fleet = new ReportingFleet()) {
      TestingDatabase.put(folder, database.fresh());
      try (var server = new TestingServer(folder, InstantSource.system())) {
        fleet.at(List.of(server.server.devicePort()));
        fleet.start(DEVICES, server.token(100));
        for (var kill = 0; kill < KILLS; kill++) {
          fleet.more(BETWEEN);
          database.kill();
          database.start();
        }
        fleet.more(BETWEEN);
        check(fleet);
      }
    }
  }

  private void check(ReportingFleet fleet) throws IOException {
    var config = TestingDatabase.config(folder);
    try (var parts = Parts.open(config, new SecureRandom(), InstantSource.system())) {
      fleet.check(parts);
    }
  }
}
