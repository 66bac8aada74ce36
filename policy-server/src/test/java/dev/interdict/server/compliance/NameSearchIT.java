package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DevicePage.Cursor;
import dev.interdict.server.compliance.DevicePage.Row;
import dev.interdict.server.fleet.NameIndex;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Terms;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that are looked for by a part of what they are called, over a real database.
class NameSearchIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private static DeviceFilter filter(String text, String... departments) {
    return new DeviceFilter(
        null,
        Set.of(),
        Terms.of(departments),
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        Terms.ALL,
        text);
  }

  private List<String> found(DeviceFilter filter) {
    var page = fleet.compliance.devices(filter, null, 100);
    assertEquals(page.rows().size(), page.total());
    assertFalse(page.more());
    return page.rows().stream().map(Row::host).toList();
  }

  @Test
  void every_part_of_a_name_finds_it_once() {
    var host = "SH-mbp-2207";
    fleet.enrolled(host, OsFamily.MACOS, "R&D");
    var other = fleet.enrolled("zz", OsFamily.MACOS, "R&D").id().value();
    for (var from = 0; from < host.length(); from++) {
      for (var to = from + 1; to <= host.length(); to++) {
        var part = host.substring(from, to);
        var found = new ArrayList<>(found(filter(part)));
        assertEquals(other.startsWith(part), found.remove("zz"), part);
        assertEquals(List.of(host), found, part);
      }
    }
    assertEquals(List.of(), found(filter("2208")));
    assertEquals(List.of(), found(filter("sh-mbp-22071")));
  }

  @Test
  void a_name_beyond_ascii_is_found_after_a_restore_as_before() {
    fleet.enrolled("ÄRGER-07", OsFamily.LINUX, "R&D");
    for (var restored : List.of(false, true)) {
      if (restored) {
        fleet.database.write(connection -> Sql.update(connection, "delete from name_end"));
        NameIndex.fill(fleet.database);
      }
      for (var part : List.of("Ärger", "ÄRG", "rger-07", "07")) {
        assertEquals(List.of("ÄRGER-07"), found(filter(part)), part + " " + restored);
      }
    }
  }

  @Test
  void a_long_name_is_found_by_parts_longer_than_what_is_kept() {
    var host = "workstation-of-the-second-laboratory-17.example.com";
    fleet.enrolled(host, OsFamily.LINUX, "R&D");
    fleet.enrolled(host.replace("-17", "-18"), OsFamily.LINUX, "R&D");
    assertEquals(List.of(host), found(filter("of-the-second-laboratory-17")));
    assertEquals(List.of(host), found(filter(host)));
    assertEquals(List.of(), found(filter("workstation-of-the-second-laboratory-19")));
  }

  @Test
  void what_is_found_stands_in_the_order_of_what_was_looked_for() {
    for (var host : List.of("a-70", "b-071", "c-07")) {
      fleet.enrolled(host, OsFamily.LINUX, "R&D");
    }
    assertEquals(List.of("c-07", "b-071"), found(filter("-07")));
  }

  @Test
  void a_device_is_found_by_how_its_id_begins() {
    var device = fleet.enrolled("ws", OsFamily.LINUX, "R&D");
    var id = device.id().value();
    assertEquals(
        List.of("ws"), found(filter(id.substring(0, 12).toUpperCase(java.util.Locale.ROOT))));
    assertEquals(List.of("ws"), found(filter(id)));
    assertEquals(List.of(), found(filter(id.substring(4, 20))));
  }

  @Test
  void a_device_has_the_name_that_it_told_last() {
    var device = fleet.enrolled("ws-old", OsFamily.LINUX, "R&D");
    var coverage = new Coverage(fleet.clock.instant(), true, List.of());
    var rule =
        new ReportedRule("claude-code", RuleState.CLEAR, null, null, null, List.of(), List.of());
    assertInstanceOf(
        ReportOutcome.Accepted.class, fleet.send(device.called("ws-new"), coverage, rule));
    assertEquals(List.of(), found(filter("-old")));
    assertEquals(List.of("ws-new"), found(filter("-ne")));
    assertEquals(List.of("ws-new"), found(filter("ws-")));
    assertEquals(
        0L,
        fleet.database.<Long>read(handle ->
            handle
                .createQuery("select count(*) from name_end where ending = 'ld'")
                .mapTo(Long.class)
                .one()));
  }

  @Test
  void other_filters_hold_beside_it() {
    fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    fleet.enrolled("ws-2", OsFamily.LINUX, "Sales");
    fleet.database.write(connection ->
        Sql.update(connection, "update device set standing = 'retired' where host = 'ws-1'"));
    fleet.enrolled("ws-3", OsFamily.LINUX, "R&D");
    assertEquals(List.of("ws-3"), found(filter("ws", "R&D")));
  }

  /// As many as are not counted one by one.
  private void many(int devices) {
    var one = fleet.enrolled("hall-0", OsFamily.LINUX, "R&D");
    fleet.database.write(connection -> {
      for (var i = 1; i < devices; i++) {
        Sql.update(
            connection,
            "insert into device (device_id, public_key, enrolled_at, token_id, department, ring,"
                + " tags, host, os, os_version, architecture, last_contact, contact_day,"
                + " supported, sequence, lost) select ?, public_key, enrolled_at, token_id, ?,"
                + " ring, tags, ?, os, os_version, architecture, last_contact, contact_day,"
                + " supported, sequence, lost from device where device_id = ?",
            "%08x%024x".formatted(i, 7),
            i % 500 == 499 ? "Sales" : "R&D",
            "hall-" + i,
            one.id().value());
      }
      return devices;
    });
    NameIndex.fill(fleet.database);
  }

  private List<Row> all(DeviceFilter filter, int size) {
    var all = new ArrayList<Row>();
    @Nullable Cursor after = null;
    do {
      var page = fleet.compliance.devices(filter, after, size);
      assertTrue(page.rows().size() <= size);
      all.addAll(page.rows());
      after = page.next();
    } while (after != null);
    return all;
  }

  @Test
  void of_very_many_some_are_counted_and_all_are_listed() {
    var devices = 2 * NameSearch.SLICE + 10;
    many(devices);
    var page = fleet.compliance.devices(filter("hall"), null, 50);
    assertTrue(page.more());
    assertEquals(NameSearch.SLICE, page.total());
    assertNotNull(page.next());
    assertEquals(devices, all(filter("l-"), 1_000).stream().map(Row::id).distinct().count());
    assertEquals(devices, all(filter("l-"), 1_000).size());
    // Twice in a name, and also in ids.
    var with11 =
        all(filter("11"), 40).stream().map(Row::host).filter(host -> host.contains("11")).toList();
    assertEquals(with11.size(), with11.stream().distinct().count());
    assertEquals(
        java.util.stream.IntStream.range(0, devices)
            .filter(i -> String.valueOf(i).contains("11"))
            .count(),
        with11.size());
  }

  @Test
  void few_among_very_many_are_all_listed_though_a_page_passes_some_names_only() {
    many(2 * NameSearch.SLICE + 10);
    var sales = all(filter("hall", "Sales"), 50).stream().map(Row::host).sorted().toList();
    assertEquals(List.of("hall-1499", "hall-1999", "hall-499", "hall-999"), sales);
  }
}
