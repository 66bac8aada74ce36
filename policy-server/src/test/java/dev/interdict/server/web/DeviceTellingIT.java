package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import java.util.List;
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
