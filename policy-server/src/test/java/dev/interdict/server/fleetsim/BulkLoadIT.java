package dev.interdict.server.fleetsim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.EnrolRequest;
import dev.interdict.report.PolicyVersion;
import dev.interdict.report.ReportJson;
import dev.interdict.server.fleet.EnrolOutcome;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.MessageSignature;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fast way into the database leaves the same rows as the server does.
class BulkLoadIT {
  private static final Instant BEGINS = Instant.parse("2026-06-29T00:00:00Z");
  private static final int DEVICES = 300;
  private static final List<String> TABLES =
      List.of(
          "device",
          "report",
          "rule_state",
          "finding",
          "action",
          "notice",
          "answer",
          "device_note",
          "fleet_rollup",
          "rule_rollup",
          "fine_rollup");

  @TempDir Path folder;
  private final Company company =
      new Company(
          new Draw(20),
          DEVICES,
          0,
          BEGINS,
          Duration.ofMinutes(15),
          new Ban(
              "claude-code",
              new PolicyVersion(0, 1),
              BEGINS,
              BEGINS.plus(Duration.ofDays(2)),
              Duration.ofHours(4)),
          List.of("model-use", "cursor"),
          Temper.NATURAL);
  private final Hours hours = new Hours(company, true, List.of());
  private final Keys keys = new Keys(company);

  private static Instant when(int machine) {
    return BEGINS.plus(Duration.ofMinutes(20L * machine));
  }

  @Test
  void it_leaves_the_same_rows_as_the_server() throws Exception {
    var real = new TreeMap<String, List<String>>();
    var fast = new TreeMap<String, List<String>>();
    try (var fleet = new SimulatedFleet(Files.createDirectory(folder.resolve("real")))) {
      var tokens = tokens(fleet);
      for (var machine = 0; machine < DEVICES; machine++) {
        fleet.clock.move(Duration.between(fleet.clock.instant(), when(machine)));
        report(fleet, tokens, machine);
      }
      TABLES.forEach(table -> real.put(table, rows(fleet, table)));
    }
    try (var fleet = new SimulatedFleet(Files.createDirectory(folder.resolve("fast")))) {
      var tokens = tokens(fleet).stream().map(EnrolmentTokens.Created::token).toList();
      var load = new BulkLoad(company, hours, keys, new Roster(DEVICES), tokens, BulkLoadIT::when);
      fleet.database.write(
          connection -> load.write(connection, IntStream.range(0, DEVICES).toArray()));
      TABLES.forEach(table -> fast.put(table, rows(fleet, table)));
    }
    TABLES.forEach(table -> assertTrue(!real.getOrDefault(table, List.of()).isEmpty(), table));
    TABLES.forEach(table -> assertEquals(real.get(table), fast.get(table), table));
  }

  private List<EnrolmentTokens.Created> tokens(SimulatedFleet fleet) {
    return company.departments().stream()
        .map(department ->
            fleet.tokens.create(
                "tester",
                new Placement(department, "everyone", List.of()),
                Duration.ofDays(900),
                DEVICES))
        .toList();
  }

  private void report(SimulatedFleet fleet, List<EnrolmentTokens.Created> tokens, int machine) {
    var at = when(machine);
    var id = keys.id(machine);
    var token = tokens.get(company.department(machine)).secret();
    var wish = new EnrolRequest(token, keys.hex(machine), null, company.facts(machine, id));
    assertInstanceOf(
        EnrolOutcome.Enrolled.class,
        fleet.enrolment.enrol(signed(machine, Routes.ENROL, wish.write(), 0, at)));
    var link =
        new Wording.Link(
            id, 1, null, dev.interdict.report.Footing.Taken.NONE, BEGINS.minusMillis(1), at);
    var body = ReportJson.write(new Wording(company, hours).report(machine, link));
    assertInstanceOf(
        ReportOutcome.Accepted.class,
        fleet.intake.accept(signed(machine, Routes.REPORTS, body, 1, at)));
  }

  private SignedRequest signed(int machine, String path, byte[] body, long sequence, Instant at) {
    var parts = new RequestParts("POST", path, null, ContentDigest.of(body), sequence);
    var signature =
        MessageSignature.sign(
            parts, at, keys.id(machine), "nonce-of-16-chars", base -> keys.sign(machine, base));
    return new SignedRequest(parts, signature.inputField(parts), signature.signatureField(), body);
  }

  /// Every row of a table as text, but for the token's id, which is random, and counts of none.
  private static List<String> rows(SimulatedFleet fleet, String table) {
    return fleet
        .database
        .read(handle ->
            handle
                .createQuery(
                    "select * from " + table + (table.endsWith("rollup") ? " where n <> 0" : ""))
                .map((row, _) -> {
                  var columns = new ArrayList<String>();
                  for (var i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    var name = row.getMetaData().getColumnName(i);
                    if (!name.equals("token_id")) {
                      columns.add(name + "=" + row.getString(i));
                    }
                  }
                  return columns.toString();
                })
                .list())
        .stream()
        .sorted()
        .toList();
  }
}
