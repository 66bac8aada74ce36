package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a device's page says of notices, answers and looks, and that looking at it is noted.
class DeviceTellingIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private ConsoleServer console;
  private SimulatedDevice device;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    console = new ConsoleServer(fleet, SampleCompany::blocklist).signedIn();
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
    var finding =
        new ReportedFinding(
            "npm",
            "pkg:npm/x",
            null,
            "~/…/node_modules/x",
            null,
            EvidenceStrength.STRONG,
            false,
            null,
            "00112233aabbccdd");
    var told = ReportFixtures.told("claude-code");
    var rule =
        new ReportedRule(
            told.rule(),
            told.state(),
            told.presence(),
            told.date(),
            null,
            List.of(finding),
            List.of(),
            told.notices(),
            told.answers());
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), rule);
  }

  @AfterEach
  void close() {
    console.close();
    fleet.close();
  }

  private String page(String language) {
    var answer = console.get("/devices/" + device.id() + "?lang=" + language);
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  @Test
  void commands_are_those_of_the_devices_own_system() {
    assertTrue(page("en").contains("<code>sudo interdict-agent enforce</code>"));
    var windows = fleet.enrolled("ws-2", OsFamily.WINDOWS, "R&D");
    var body = console.get("/devices/" + windows.id()).body();
    assertTrue(body.contains("<code>interdict-agent enforce</code>"), body);
  }

  private String hash() {
    var body =
        fleet.database.first(
            "select body from report where device_id = ? and sequence = 1",
            row -> row.getString(1),
            device.id().value());
    return ReportJson.hash(Objects.requireNonNull(body).getBytes(StandardCharsets.UTF_8));
  }

  private void tellAgain() {
    var later = ReportFixtures.told("claude-code");
    fleet.clock.move(Duration.ofMinutes(5));
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), later);
  }

  @Test
  void evidence_names_the_signed_report_that_it_stands_in() {
    var hash = hash();
    var first = page("en");
    assertTrue(first.contains("told by report 1, which the device signed"), first);
    assertTrue(first.contains("· report 1"), first);
    // Of the last report and of the first that saw it, which are one; and in the line that
    // verifies.
    assertEquals(3, first.split(hash, -1).length - 1 - diagnosed(first, hash));
    tellAgain();
    var both = page("zh-CN");
    assertTrue(both.contains("来自第 2 号报告"), both);
    assertTrue(both.contains("第 1 号报告") && both.contains(hash), both);
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "delete from report where device_id = ? and sequence = 1",
            device.id().value()));
    var gone = page("en");
    assertTrue(gone.contains("its report is no longer kept"), gone);
    assertFalse(gone.contains(hash), gone);
  }

  /// The text for a ticket stands there twice: to be read, and to be copied.
  private static int diagnosed(String page, String hash) {
    return page.split("SHA-256 of the last report: " + hash, -1).length - 1;
  }

  @Test
  void a_report_that_was_changed_in_the_database_is_not_told_as_proof() {
    assertFalse(page("en").contains("the database was changed"));
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "update report set body = replace(body, 'npm', 'pip') where device_id = ?",
            device.id().value()));
    assertTrue(page("en").contains("the database was changed"));
  }

  @Test
  void diagnostics_tell_what_the_server_knows_and_name_nobody() {
    var body = page("en");
    var text = body.substring(body.indexOf("<textarea"), body.indexOf("</textarea>"));
    for (var line :
        List.of(
            "Device id: " + device.id(),
            "Host: ws-1",
            "SHA-256 of the last report: " + hash(),
            "Clock: within two minutes of this server",
            "Reports: last number 1, lost 0",
            "Last error: not known",
            "Rule: claude-code: present, since " + fleet.clock.instant())) {
      assertTrue(text.contains(line), () -> line + " in " + text);
    }
    assertFalse(text.contains("Migration of plugin X"), text);
    assertTrue(page("zh-CN").contains("最近的错误：未知"));
  }

  @Test
  void notices_and_answers_stand_there_in_both_languages() {
    var english = page("en");
    for (var text :
        List.of(
            "Last hour",
            "on the desktop",
            "not shown: nobody was signed in",
            "Asks for an exemption",
            "Reason: Migration of plugin X is not finished",
            "Says it is not that tool",
            "disputed",
            "waits for a person",
            "~/…/node_modules/x")) {
      assertTrue(english.contains(text), () -> text + " in " + english);
    }
    var chinese = page("zh-CN");
    for (var text : List.of("最后一小时", "未显示：无人登录", "申请豁免", "表示并非该软件", "有异议", "等待人工处理")) {
      assertTrue(chinese.contains(text), () -> text + " in " + chinese);
    }
  }

  @Test
  void whoever_looks_stands_on_the_page_and_in_the_audit_log() {
    assertTrue(page("en").contains("<div>li.na<div class=\"small muted\">Viewer</div></div>"));
    var looks = fleet.looks.newest(device.id(), 10);
    assertEquals(1, looks.size());
    assertEquals("viewer", looks.getFirst().role());
    assertTrue(
        fleet.audit.newest(Long.MAX_VALUE, 100).stream()
            .anyMatch(entry ->
                entry.action().equals("device.look")
                    && entry.actor().equals("li.na")
                    && entry.object().equals(device.id().value())));
  }

  @Test
  void a_list_of_devices_and_a_device_that_is_not_there_are_no_looks() {
    console.get("/devices");
    console.get("/devices?q=nobody-is-called-this");
    assertEquals(404, console.get("/devices/" + "0".repeat(32)).statusCode());
    assertEquals(List.of(), fleet.looks.newest(device.id(), 10));
    assertFalse(
        fleet.audit.newest(Long.MAX_VALUE, 100).stream()
            .anyMatch(entry -> entry.action().equals("device.look")));
  }

  @Test
  void whoever_looks_for_somebody_has_looked_at_whoever_is_found() {
    console.get("/devices?q=" + device.id().value().substring(0, 8));
    assertEquals(1, fleet.looks.newest(device.id(), 10).size());
  }
}
