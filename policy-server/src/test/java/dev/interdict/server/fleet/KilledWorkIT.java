package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Sql;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 in the middle of long work, at random moments: what it leaves is whole.
class KilledWorkIT {
  private static final int ROWS = 20_000;

  @TempDir Path folder;
  private final Random random = new Random();

  /// Kills it after at most so long; returns whether it had ended before.
  private boolean kill(String work, int millis) throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=none",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWork.class.getName(),
                work,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertEquals("begun", out.readLine());
      Thread.sleep(random.nextInt(millis));
      var ended = !process.isAlive();
      process.destroyForcibly().waitFor();
      return ended;
    } finally {
      process.destroyForcibly();
    }
  }

  private static long count(SimulatedFleet fleet, String sql) {
    return fleet.database.read(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }

  @Test
  void an_import_that_is_killed_leaves_all_of_it_or_nothing() throws Exception {
    var csv = new StringBuilder("serial,hostname,department,os\n");
    for (var i = 0; i < ROWS; i++) {
      csv.append("PF%d,ws-%d,dept-%d,Linux\n".formatted(100_000 + i, i, i % 7));
    }
    Files.writeString(folder.resolve("devices.csv"), csv);
    for (var round = 0; round < 3; round++) {
      var ended = kill("import", 400);
      try (var fleet = new SimulatedFleet(folder)) {
        var there = count(fleet, "select count(*) from expected_device");
        assertTrue(there == 0 || there == ROWS, () -> there + " of " + ROWS);
        assertTrue(!ended || there == ROWS);
        assertEquals(there, fleet.compliance.overview("claude-code").counts().total());
        var audited = "select count(*) from audit where action like 'fleet.import%'";
        assertEquals(there == 0 ? 0 : 1, Math.min(1, count(fleet, audited)));
      }
    }
  }

  @Test
  void a_rebuild_that_is_killed_leaves_every_device_whole_and_the_counts_right() throws Exception {
    List<Long> before;
    try (var fleet = new SimulatedFleet(folder)) {
      var history = new RandomHistory(fleet, 5, 60);
      for (var i = 0; i < 400; i++) {
        history.step();
      }
      before = states(fleet);
      fleet.database.write(connection -> {
        Sql.update(connection, "delete from finding");
        return Sql.update(connection, "update rule_state set state = 'clear', since = 5");
      });
      new Recount(fleet.database, true).run(_ -> {});
    }
    var broken = 0;
    for (var round = 0; round < 4; round++) {
      broken += kill("rebuild", 400) ? 0 : 1;
      try (var fleet = new SimulatedFleet(folder)) {
        var wrong = new ArrayList<Difference>();
        new Recount(fleet.database, false).run(wrong::add);
        assertEquals(List.of(), wrong);
        // A device is as it was spoilt, or as it should be.
        assertEquals(
            0,
            count(
                fleet,
                """
                select count(*) from rule_state s where s.since = 5 and exists (select 1 from finding f
                  where f.device_id = s.device_id)\
                """));
      }
    }
    var rounds = broken;
    assertTrue(rounds > 0, () -> "it always ended first");
    try (var fleet = new SimulatedFleet(folder)) {
      new Rebuild(fleet.database, true).run(new Nobody());
      assertEquals(before, states(fleet));
    }
  }

  private static List<Long> states(SimulatedFleet fleet) {
    return fleet.database.read(handle ->
        handle
            .createQuery("select since from rule_state order by device_id, rule_id")
            .mapTo(Long.class)
            .list());
  }

  private static final class Nobody implements Rebuild.Witness {
    @Override
    public void differs(Difference difference) {}

    @Override
    public void unreadable(DeviceId device, String why) {
      throw new AssertionError(why);
    }

    @Override
    public void done(long devices) {}
  }
}
