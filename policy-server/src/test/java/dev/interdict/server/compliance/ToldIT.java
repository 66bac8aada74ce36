package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a device told of its notices and of people's answers, as pages read it.
class ToldIT {
  private static final ReportedRule TOLD = ReportFixtures.told("claude-code");

  @TempDir Path folder;
  private SimulatedFleet fleet;
  private SimulatedDevice device;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    device = fleet.enrolled("ws-1", OsFamily.LINUX, "R&D");
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private DeviceDetail after(ReportedRule... rules) {
    fleet.send(device, new Coverage(fleet.clock.instant(), true, List.of()), rules);
    var detail = fleet.compliance.device(device.id());
    assertNotNull(detail);
    return detail;
  }

  @Test
  void notices_are_kept_from_report_to_report_newest_first() {
    after(TOLD);
    var detail = after(TOLD.with(List.of(TOLD.notices().getFirst()), List.of()));
    assertEquals(
        List.of(TOLD.notices().get(0), TOLD.notices().get(1), TOLD.notices().get(0)),
        detail.told().stream().map(DeviceDetail.Told::notice).toList());
    assertEquals("claude-code", detail.told().getFirst().rule());
  }

  @Test
  void an_answer_that_is_told_twice_is_one_and_the_later_word_counts() {
    after(TOLD);
    var first = TOLD.answers().getFirst();
    var later =
        new ReportedAnswer(
            first.id(),
            first.kind(),
            first.at(),
            Instant.parse("2026-08-31T00:00:00Z"),
            null,
            "Two weeks more",
            first.person());
    var detail = after(TOLD.with(List.of(), List.of(later)));
    assertEquals(2, detail.answers().size());
    assertTrue(detail.answers().stream().anyMatch(answer -> answer.answer().equals(later)));
  }

  @Test
  void requests_and_disputes_wait_while_the_software_is_there_and_not_exempt() {
    assertEquals(List.of(true, true), waits(after(TOLD)));
    var until = fleet.clock.instant().plus(Duration.ofDays(30));
    assertEquals(List.of(false, false), waits(after(exempt(until))));
    assertEquals(List.of(true, true), waits(after(TOLD)));
    var gone = ReportFixtures.rule("claude-code", RuleState.REMOVED);
    assertEquals(List.of(false, false), waits(after(gone)));
  }

  @Test
  void what_only_shifts_a_reminder_waits_for_nobody() {
    var at = ReportFixtures.AT;
    for (var kind : List.of("remind", "put-off", "remove-now", "other")) {
      var answer = new ReportedAnswer(kind, kind, at, at, null, null, null);
      assertFalse(waits(after(TOLD.with(List.of(), List.of(answer)))).isEmpty());
    }
    var waiting =
        after(TOLD).answers().stream()
            .filter(DeviceDetail.Answer::waits)
            .map(answer -> answer.answer().kind())
            .toList();
    assertEquals(List.of("not-that-tool", "exemption-request"), waiting);
    assertTrue(after(TOLD).answers().getFirst().waits(), "what waits stands first");
  }

  @Test
  void a_finding_keeps_the_key_by_which_an_answer_names_it() {
    var finding =
        new dev.interdict.report.ReportedFinding(
            "npm",
            "pkg:npm/x",
            null,
            "~/…",
            null,
            dev.interdict.report.EvidenceStrength.STRONG,
            false,
            null,
            "00112233aabbccdd");
    var detail = after(rule(List.of(finding), null));
    assertEquals("00112233aabbccdd", detail.rules().getFirst().findings().getFirst().key());
  }

  private static List<Boolean> waits(DeviceDetail detail) {
    return detail.answers().stream().map(DeviceDetail.Answer::waits).toList();
  }

  private static ReportedRule exempt(Instant until) {
    return rule(TOLD.findings(), until);
  }

  private static ReportedRule rule(
      List<dev.interdict.report.ReportedFinding> findings, @Nullable Instant exempt) {
    return new ReportedRule(
        TOLD.rule(), TOLD.state(), TOLD.presence(), null, exempt, findings, List.of());
  }
}
