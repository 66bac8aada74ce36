package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.fleet.Pruning;
import dev.interdict.server.fleet.Shading;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.fleet.expected.DeviceLists;
import dev.interdict.server.store.AboutSqlite;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private SimulatedDevice device;
  private Instant signed;

  @BeforeEach
  void report_on_three_days() {
    fleet = new SimulatedFleet(folder);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    for (var day = 0; day < 3; day++) {
      reports();
      move(Duration.ofDays(1));
    }
    reports();
    signed = fleet.clock.instant();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private void reports() {
    var now = fleet.clock.instant();
    var body = device.report(new Coverage(now, true, List.of()), now);
    fleet.intake.accept(device.signedReport(body, now));
  }

  private void move(Duration time) {
    fleet.clock.move(time);
  }

  private KeptForms forms() {
    return new KeptForms(fleet.database, new SecureRandom(), fleet.clock);
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(
        forms(),
        new Shading(fleet.database, Compliance.SILENT_AFTER),
        fleet.expected,
        new DailyRun(
            fleet.database, fleet.compliance, fleet.clock, Compliance.SILENT_AFTER, ZoneOffset.UTC),
        new EventChores(
            fleet.database,
            new Leases(fleet.database),
            new Audit(fleet.database, fleet.clock),
            Compliance.SILENT_AFTER,
            EventSettings.STANDARD),
        new Pruning(fleet.database, Duration.ofDays(30), Duration.ofDays(365)),
        fleet.clock,
        () -> signed,
        new Leases(fleet.database),
        Duration.ofDays(30));
  }

  private long count(String table) {
    return fleet.database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void a_clock_that_jumped_takes_no_evidence_away_and_makes_no_day_up() throws Exception {
    try (var housekeeping = housekeeping()) {
      move(Duration.ofDays(400));
      housekeeping.turn();
      assertEquals(4, count("report"));
      assertEquals(0, count("daily_run"));
      move(Duration.ofDays(-400));
      housekeeping.turn();
      assertEquals(4, count("report"));
      assertEquals(1, count("daily_run"));
    }
  }

  @Test
  void what_is_kept_long_enough_by_the_time_that_was_signed_goes() throws Exception {
    try (var housekeeping = housekeeping()) {
      move(Duration.ofDays(31));
      signed = fleet.clock.instant().minus(Duration.ofHours(1));
      housekeeping.turn();
      assertEquals(1, count("report"), "the last one stays");
    }
  }

  /// Until then a list of those who fell silent together reads the whole fleet.
  @Test
  void where_many_fell_silent_at_once_the_database_looks_again_at_what_it_plans_by()
      throws Exception {
    try (var housekeeping = housekeeping()) {
      enrol(999);
      var before = looks();
      housekeeping.turn();
      assertEquals(before, looks());
      move(Compliance.SILENT_AFTER.plusHours(1));
      signed = fleet.clock.instant();
      new Leases(fleet.database).giveBack("shades");
      housekeeping.turn();
      assertEquals(before + (TestingDatabase.IS_POSTGRES ? 2 : 0), looks());
    }
  }

  /// As many more, who were heard of when the first was heard last.
  private void enrol(int devices) {
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "insert into device (device_id, public_key, enrolled_at, token_id, department, ring,"
                + " tags, host, os, os_version, architecture, last_contact, contact_day, supported,"
                + " sequence, lost) with recursive numbers (n) as (select 1 union all select n + 1"
                + " from numbers where n < ?) select '0123456789abcdef0123456789ab' || (1000 + n),"
                + " '', 0, 't', 'R&D', 'canary', '', 'h', 'linux', '', '', ?, 0, 1, 0, 0 from"
                + " numbers",
            devices,
            signed.toEpochMilli()));
  }

  private long looks() {
    return TestingDatabase.IS_POSTGRES
        ? fleet.database.read(handle ->
            handle
                .createQuery(
                    "select sum(analyze_count) from pg_stat_user_tables where relname in"
                        + " ('device', 'rule_state')")
                .mapTo(Long.class)
                .one())
        : 0;
  }

  @Test
  void of_two_servers_one_lets_go() throws Exception {
    try (var one = housekeeping();
        var other = housekeeping()) {
      one.turn();
      move(Duration.ofDays(31));
      signed = fleet.clock.instant();
      // The lease goes by the database's clock, by which no day has passed.
      other.turn();
      assertEquals(4, count("report"));
      new Leases(fleet.database).giveBack("pruning");
      one.turn();
      assertEquals(1, count("report"));
    }
  }

  @Test
  void what_somebody_typed_goes_when_its_time_is_over_whatever_the_clock() {
    try (var housekeeping = housekeeping()) {
      forms().keep("anna", new byte[] {1});
      move(KeptForms.LONGEST.minusSeconds(1));
      housekeeping.beat();
      assertEquals(1, count("kept_form"));
      move(Duration.ofDays(400));
      housekeeping.beat();
      assertEquals(0, count("kept_form"));
      assertEquals(4, count("report"), "all else waits");
    }
  }

  @Test
  @AboutSqlite // whose words the trigger is in
  void an_import_lets_others_write_and_what_was_broken_off_is_ended() throws Exception {
    var list = new StringBuilder("hostname\n");
    for (var i = 0; i < 210; i++) {
      fleet.enrolled("pc-" + i, OsFamily.WINDOWS, "Sales");
      list.append("pc-").append(i).append('\n');
    }
    execute(
        "create trigger broken_off before update of entry_id on device when (select count(*) from"
            + " device where entry_id is not null) >= 150 begin select raise(abort, 'broken off');"
            + " end");
    DeviceLists.apply(fleet, list.toString());
    // The list holds, and the first hundred devices were brought in line with it on their own.
    assertEquals(210, fleet.expected.census().expected());
    assertEquals(100, fleet.expected.census().enrolled());
    try (var housekeeping = housekeeping()) {
      housekeeping.turn();
      assertEquals(100, fleet.expected.census().enrolled());
      assertEquals(1, count("daily_run"), "what fails keeps no figures from being taken");
      execute("drop trigger broken_off");
      housekeeping.turn();
    }
    assertEquals(210, fleet.expected.census().enrolled());
    assertEquals(1, fleet.expected.census().onNoList(), "ws-1");
    assertEquals(0, count("expected_version where settling is not null"));
  }

  @Test
  @AboutSqlite // whose words the trigger is in
  void whoever_ends_an_import_retires_nobody_whom_the_server_did_not_hear_for_being_away()
      throws Exception {
    var list = new StringBuilder("hostname\n");
    for (var i = 0; i < 60; i++) {
      fleet.enrolled("pc-" + i, OsFamily.WINDOWS, "Sales");
      list.append("pc-").append(i).append('\n');
    }
    DeviceLists.apply(fleet, list.toString());
    execute(
        "create trigger broken_off before update of entry_id on device when (select count(*) from"
            + " device where entry_id is null) >= 30 begin select raise(abort, 'broken off'); end");
    DeviceLists.applyWhole(fleet, "hostname\npc-0\n");
    execute("drop trigger broken_off");
    move(Duration.ofDays(40));
    signed = fleet.clock.instant();
    try (var housekeeping = housekeeping()) {
      housekeeping.turn();
    }
    assertEquals(1, fleet.expected.census().enrolled());
    assertEquals(0, count("expected_version where settling is not null"));
    assertEquals(0, count("device where standing <> 'active'"), "they were heard when it was said");
  }

  @Test
  @AboutSqlite // whose words the trigger is in
  void a_list_that_changes_while_devices_follow_another_takes_those_of_both_out() {
    var all = new ArrayList<String>();
    for (var i = 0; i < 60; i++) {
      fleet.enrolled("pc-" + i, OsFamily.WINDOWS, "Sales");
      all.add("pc-" + i);
    }
    DeviceLists.apply(fleet, list(all));
    move(Duration.ofDays(40));
    execute(
        "create trigger broken_off before update of device_id on expected_device begin select"
            + " raise(abort, 'broken off'); end");
    DeviceLists.applyWhole(fleet, list(all.subList(0, 40)));
    execute("drop trigger broken_off");
    var asked = new AtomicInteger();
    fleet.expected.settle(() -> {
      // After the silent ones of the first list were looked up, and before any of them went.
      if (asked.incrementAndGet() == 2) {
        DeviceLists.applyWhole(fleet, list(all.subList(0, 20)));
      }
      return false;
    });
    assertTrue(asked.get() > 2);
    assertEquals(40, count("device where standing = 'retired'"));
    assertEquals(40, count("audit where action = 'fleet.gone'"));
    assertEquals(20, fleet.expected.census().enrolled());
    assertEquals(0, count("expected_version where settling is not null"));
  }

  @Test
  void whoever_was_stopped_for_long_leaves_the_rest_to_whoever_went_on_with_it() {
    var all = new ArrayList<String>();
    for (var i = 0; i < 210; i++) {
      fleet.enrolled("pc-" + i, OsFamily.WINDOWS, "Sales");
      all.add("pc-" + i);
    }
    DeviceLists.apply(fleet, list(all));
    execute("update device set entry_id = null, bound_by = null");
    execute("update expected_device set device_id = null");
    execute(
        "update expected_version set settling = version, settling_by = 'wei.chen', settling_silent"
            + " = 0");
    var other = Instant.now().plusSeconds(100).toEpochMilli(); // by the database's own clock
    fleet.expected.settle(() -> {
      if (fleet.expected.census().enrolled() == 100) {
        execute("update expected_version set settling_until = " + other);
      }
      return false;
    });
    assertEquals(100, fleet.expected.census().enrolled());
    assertEquals(1, count("expected_version where settling_until = " + other));
    fleet.expected.settle(() -> false);
    assertEquals(100, fleet.expected.census().enrolled(), "the other is at it");
    execute("update expected_version set settling_until = 0");
    fleet.expected.settle(() -> false);
    assertEquals(210, fleet.expected.census().enrolled());
  }

  private static String list(List<String> hosts) {
    return "hostname\n" + String.join("\n", hosts) + "\n";
  }

  private void execute(String sql) {
    fleet.database.write(connection -> Sql.update(connection, sql));
  }
}
