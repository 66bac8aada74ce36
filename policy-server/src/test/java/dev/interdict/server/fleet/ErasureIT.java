package dev.interdict.server.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.server.fleet.expected.Erasure;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.review.SampleHosts;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That nothing of a workstation remains that was erased, and everything of all others.
class ErasureIT {
  /// Who did what is not taken back; the log is chained.
  private static final Set<String> STAYS = Set.of("audit", "flyway_schema_history");

  /// Beside those whose rows are a device's alone.
  private static final Set<String> OTHERWISE = Set.of("event", "expected_device");

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Erasure erasure;
  private SimulatedDevice device;
  private SimulatedDevice other;

  private record Column(String table, String name) {}

  @BeforeEach
  void much_happens() {
    fleet = new SimulatedFleet(folder);
    erasure = new Erasure(fleet.database, fleet.audit, SampleHosts::forget, fleet.clock);
    var history = new RandomHistory(fleet, 11, 5);
    for (var i = 0; i < 200; i++) {
      history.step();
    }
    device = history.devices().get(3);
    other = history.devices().get(1);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private List<Column> columns() {
    return fleet.database.read(handle -> {
      var columns = new ArrayList<Column>();
      try {
        var metadata = handle.getConnection().getMetaData();
        var schema = handle.getConnection().getSchema();
        var tables = new ArrayList<String>();
        try (var rows = metadata.getTables(null, schema, "%", new String[] {"TABLE"})) {
          while (rows.next()) {
            tables.add(rows.getString("TABLE_NAME"));
          }
        }
        for (var table : tables) {
          try (var rows = metadata.getColumns(null, schema, table, "%")) {
            while (rows.next()) {
              columns.add(new Column(table, rows.getString("COLUMN_NAME")));
            }
          }
        }
      } catch (SQLException e) {
        throw new StoreException("the columns cannot be read", e);
      }
      return columns;
    });
  }

  /// The tables and columns in which a text stands anywhere.
  private Set<String> places(String text) {
    var found = new HashSet<String>();
    for (var column : columns()) {
      var rows =
          fleet.database.<Long>read(handle ->
              handle
                  .createQuery(
                      "select count(*) from "
                          + column.table()
                          + " where cast("
                          + column.name()
                          + " as text) like :text")
                  .bind("text", "%" + text + "%")
                  .mapTo(Long.class)
                  .one());
      if (rows > 0 && !STAYS.contains(column.table())) {
        found.add(column.table() + "." + column.name());
      }
    }
    return found;
  }

  private TreeMap<String, Long> rowsOf(SimulatedDevice of) {
    var rows = new TreeMap<String, Long>();
    for (var column : columns()) {
      if (column.name().equals("device_id")) {
        rows.put(
            column.table(),
            fleet.database.<Long>read(handle ->
                handle
                    .createQuery(
                        "select count(*) from " + column.table() + " where device_id = :device")
                    .bind("device", of.id().value())
                    .mapTo(Long.class)
                    .one()));
      }
    }
    return rows;
  }

  private void erased(SimulatedDevice which) {
    fleet.expected.retire("ada", which.id().value(), "sold");
    assertTrue(erasure.erase("ada", which.id().value(), "asked for it").reports() > 0);
  }

  @Test
  void nothing_of_it_remains_and_all_of_the_others() {
    assertNotEquals(Set.of(), places(device.id().value()));
    var others = rowsOf(other);
    erased(device);
    assertEquals(Set.of(), places(device.id().value()), "by its id");
    assertEquals(Set.of(), places("ws-3"), "by its name");
    assertEquals(others, rowsOf(other));
    assertNull(fleet.compliance.device(device.id()));
    assertNotNull(fleet.compliance.device(other.id()));
    assertEquals(List.of(), Recount.differences(fleet.database));
  }

  private void listed(String file) {
    try (var list =
        fleet.expected.read(
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8)) {
      list.apply("ada", false, false, OptionalLong.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SN-77", "A-77", "ws-3", ""})
  void it_goes_by_whatever_name_people_have_for_it_and_its_entry_with_it(String name) {
    listed("serial,asset,hostname,owner\nSN-77,A-77,ws-3,grace\n");
    fleet.expected.retire("ada", "SN-77", "sold");
    var erased = erasure.erase("ada", name.isEmpty() ? device.id().value() : name, "asked");
    assertEquals(device.id().value(), erased.named());
    assertTrue(erased.reports() > 0);
    for (var text : List.of(device.id().value(), "ws-3", "grace", "SN-77")) {
      assertEquals(Set.of(), places(text), text);
    }
    assertEquals(List.of(), Recount.differences(fleet.database));
  }

  @Test
  void who_only_says_to_be_a_workstation_takes_nothing_of_it_along() {
    listed("serial,asset,hostname,owner\nSN-77,A-77,ws-3,grace\n");
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "update device set standing = 'waiting', entry_id = (select entry_id from"
                + " expected_device) where device_id = ?",
            other.id().value()));
    fleet.expected.retire("ada", other.id().value(), "a liar");
    assertEquals(1, fleet.expected.census().expected());
    erasure.erase("ada", other.id().value(), "a liar");
    assertEquals(1, fleet.expected.census().expected());
    assertEquals(1, fleet.expected.census().enrolled());
  }

  @Test
  void a_number_of_a_case_is_given_once() {
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "insert into exemption (device_id, case_number, rule_id, state, reason, opened_at,"
                + " opened_by, in_force) values (?, 7, 'cursor', 'refused', 'no', 1, 'ada', 1)",
            device.id().value()));
    erased(device);
    assertEquals(
        7,
        fleet.database.<Long>read(handle ->
            handle.createQuery("select case_number from erased_case").mapTo(Long.class).one()));
  }

  @Test
  void samples_that_reviewers_saw_name_it_no_more() {
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "insert into preview (preview_id, draft_id, revision, sha256, taken_at, taken_by,"
                + " enrolled, looked, matched, critical, document, reachable, sighted) values (1,"
                + " 1, 1, 'x', 1, 'ada', 1, 1, 1, 0, ?, 1, 1)",
            "{\"samples\":[{\"host\":\"ws-3\",\"location\":\"/home/grace/x\",\"identity\":\"i\"},"
                + "{\"host\":\"ws-1\",\"location\":\"/home/alan/x\",\"identity\":\"i\"}]}"));
    erased(device);
    assertEquals(Set.of(), places("grace"));
    assertEquals(Set.of("preview.document"), places("alan"));
  }

  @Test
  void whatever_table_comes_is_thought_of() {
    var tables = new HashSet<>(OTHERWISE);
    tables.addAll(Traces.TABLES);
    assertEquals(tables, rowsOf(device).keySet());
  }

  @Test
  void what_counts_is_not_erased() {
    var before = rowsOf(device);
    var refused =
        assertThrows(
            RefusedException.class, () -> erasure.erase("ada", device.id().value(), "asked"));
    assertTrue(String.valueOf(refused.getMessage()).contains("retire it first"));
    assertEquals(before, rowsOf(device));
  }

  @Test
  void one_that_is_still_heard_does_not_disappear() {
    fleet.expected.retire("ada", device.id().value(), "sold, or so they say");
    fleet.clock.move(Duration.ofHours(1));
    var now = fleet.clock.instant();
    fleet.send(device, new Coverage(now, true, List.of()));
    var refused =
        assertThrows(
            RefusedException.class, () -> erasure.erase("ada", device.id().value(), "asked"));
    assertTrue(String.valueOf(refused.getMessage()).contains("it is in use"));
    fleet.clock.move(Duration.ofDays(8));
    assertTrue(erasure.erase("ada", device.id().value(), "asked").reports() > 0);
  }

  @Test
  void it_is_a_stranger_afterwards() {
    var now = fleet.clock.instant();
    var body = device.report(new Coverage(now, true, List.of()), now);
    var request = device.signedReport(body, now);
    var intake =
        new Intake(
            fleet.database, fleet.audit, fleet.clock, Holdings.UNHEARD, new Contacts(), _ -> true);
    erased(device);
    assertInstanceOf(ReportOutcome.NotProven.class, intake.accept(request));
    assertEquals(Set.of(), places(device.id().value()));
  }

  @Test
  void that_it_was_done_is_in_the_log() {
    erased(device);
    var line =
        fleet.database.<String>read(handle ->
            handle
                .createQuery("select detail from audit where action = 'device.erase'")
                .mapTo(String.class)
                .one());
    assertTrue(line.contains("asked for it"), line);
  }
}
