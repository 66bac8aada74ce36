package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Rows;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Order(1)
class RebuildIT {
  private static final Duration ORDINARY = Duration.ofDays(2);
  private static final Duration EVIDENCE = Duration.ofDays(9);

  @TempDir Path folder;

  /// Everything that a rebuild finds.
  private static final class Found implements Rebuild.Witness {
    final List<Difference> differences = new ArrayList<>();

    @Override
    public void differs(Difference difference) {
      differences.add(difference);
    }

    @Override
    public void unreadable(DeviceId device, String why) {
      throw new AssertionError(device + " " + why);
    }

    @Override
    public void done(long devices) {
      assertTrue(devices > 0);
    }
  }

  private static List<Difference> run(SimulatedFleet fleet, boolean writes) {
    var found = new Found();
    new Rebuild(fleet.database, writes).run(found);
    return found.differences;
  }

  /// All rows of all tables that pages read.
  private static TreeMap<String, SequencedMap<String, @Nullable Object>> all(SimulatedFleet fleet) {
    return fleet.database.write(connection -> {
      var all = new TreeMap<String, SequencedMap<String, @Nullable Object>>();
      for (var table : Replay.TABLES) {
        Rows.read(connection, List.of(), "select count(*) as n from " + table)
            .forEach((_, row) -> all.put(table, row));
        var keys =
            switch (table) {
              case "rule_state" -> List.of("device_id", "rule_id");
              case "finding" -> List.of("device_id", "rule_id", "n");
              case "device_note" -> List.of("device_id", "n");
              case "answer" -> List.of("device_id", "rule_id", "answer_id");
              default -> List.of("device_id", "sequence", "n");
            };
        Rows.read(connection, keys, "select * from " + table)
            .forEach((key, row) -> all.put(table + " " + key, row));
      }
      Rows.read(connection, List.of("device_id"), "select * from device")
          .forEach((key, row) -> all.put("device " + key, row));
      Rows.read(connection, List.of("ending", "device"), "select * from name_end")
          .forEach((key, row) -> all.put("name_end " + key, row));
      for (var table : Rollup.TABLES) {
        Rows.read(connection, table.key(), "select * from " + table.name() + " where n <> 0")
            .forEach((key, row) -> all.put(table.name() + " " + key, row));
      }
      return all;
    });
  }

  /// The same without the people and words that are gone from `after`, which no report tells.
  private static TreeMap<String, SequencedMap<String, @Nullable Object>> but(
      TreeMap<String, SequencedMap<String, @Nullable Object>> before,
      TreeMap<String, SequencedMap<String, @Nullable Object>> after) {
    before.forEach((key, row) -> {
      if (key.startsWith("notice ") || key.startsWith("answer ")) {
        for (var column : List.of("person", "reason")) {
          if (after.containsKey(key) && after.get(key).get(column) == null) {
            row.replace(column, null);
          }
        }
      }
    });
    return before;
  }

  private static long count(SimulatedFleet fleet, String query) {
    return fleet.database.read(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  @Test
  void names_and_words_go_with_the_evidence() {
    var told =
        " and exists (select 1 from report r where r.device_id = x.device_id and r.sequence ="
            + " x.sequence)";
    var untold = told.replace("and exists", "and not exists");
    var names = "select count(*) from notice x where x.person is not null";
    var words =
        "select count(*) from answer x where (x.person is not null or x.reason is not null)";
    try (var fleet = new SimulatedFleet(folder)) {
      var history = new RandomHistory(fleet, 4, 4);
      for (var i = 0; i < 120; i++) {
        history.step();
      }
      var answers = count(fleet, "select count(*) from answer");
      var before = count(fleet, names) + count(fleet, words);
      new Pruning(fleet.database, ORDINARY, EVIDENCE).run(fleet.clock.instant());
      assertTrue(count(fleet, names + told) > 0 && count(fleet, words + told) > 0);
      assertTrue(count(fleet, names) + count(fleet, words) < before, () -> "none was old");
      assertEquals(0, count(fleet, names + untold));
      assertEquals(0, count(fleet, words + untold));
      assertEquals(answers, count(fleet, "select count(*) from answer"));
      assertEquals(List.of(), run(fleet, false));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_pages_read_is_what_the_reports_say_whatever_was_pruned(long seed) {
    try (var fleet = new SimulatedFleet(folder)) {
      var history = new RandomHistory(fleet, seed, 6);
      var pruning = new Pruning(fleet.database, ORDINARY, EVIDENCE);
      var pruned = 0L;
      for (var round = 0; round < 8; round++) {
        for (var i = 0; i < 25; i++) {
          history.step();
        }
        assertEquals(List.of(), run(fleet, false));
        var before = all(fleet);
        pruned += pruning.run(fleet.clock.instant());
        var after = all(fleet);
        assertEquals(but(before, after), after);
        assertEquals(List.of(), run(fleet, false));
      }
      assertTrue(pruned > 50, () -> "nothing was tried");
      assertTrue(history.clones() > 3);
      // And made from nothing but bytes and bases, it is the same again.
      var before = all(fleet);
      spoil(fleet);
      assertFalse(run(fleet, true).isEmpty());
      assertEquals(before, all(fleet));
      assertEquals(List.of(), run(fleet, false));
    }
  }

  /// Takes away or bends all that can be made anew.
  private static void spoil(SimulatedFleet fleet) {
    fleet.database.write(connection -> {
      Sql.update(connection, "delete from finding");
      Sql.update(connection, "delete from name_end where length(ending) > 2");
      Sql.update(connection, "delete from device_note where n = 0");
      Sql.update(connection, "delete from rule_state where rule_id = 'cursor'");
      Sql.update(connection, "update rule_state set state = 'clear', since = 5, first_seen = null");
      Sql.update(
          connection,
          "update action set kind = 'other' where exists (select 1 from report r where r.device_id"
              + " = action.device_id and r.sequence = action.sequence)");
      Sql.update(
          connection,
          "delete from notice where exists (select 1 from report r where r.device_id ="
              + " notice.device_id and r.sequence = notice.sequence)");
      Sql.update(connection, "update device set os_version = 'x', lost = lost + 7");
      Sql.update(connection, "update rule_rollup set n = n + 3 where state = 'clear'");
      return Sql.update(connection, "delete from fleet_rollup where os = 'linux'");
    });
  }

  @Test
  void a_shade_that_does_not_follow_from_its_device_is_named_and_mended() {
    try (var fleet = new SimulatedFleet(folder)) {
      var history = new RandomHistory(fleet, 9, 2);
      for (var i = 0; i < 30; i++) {
        history.step();
      }
      fleet.database.write(connection ->
          Sql.update(
              connection, "update rule_state set shade = 'aside', department = 'elsewhere'"));
      assertFalse(run(fleet, false).isEmpty());
      run(fleet, true);
      assertEquals(List.of(), run(fleet, false));
    }
  }

  @Test
  void a_difference_is_named_and_a_check_leaves_it() {
    try (var fleet = new SimulatedFleet(folder)) {
      var history = new RandomHistory(fleet, 7, 1);
      for (var i = 0; i < 30; i++) {
        history.step();
      }
      var device = history.devices().getFirst().id().value();
      var version = "12";
      fleet.database.write(connection ->
          Sql.update(
              connection, "update device set os_version = '11' where device_id = ?", device));
      for (var i = 0; i < 2; i++) {
        assertEquals(
            List.of("device " + device + " os_version: stored 11, by the reports " + version),
            run(fleet, false).stream().map(Difference::toString).toList());
      }
      assertEquals(1, run(fleet, true).size());
      assertEquals(List.of(), run(fleet, false));
    }
  }
}
