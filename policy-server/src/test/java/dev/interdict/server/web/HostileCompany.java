package dev.interdict.server.web;

import dev.interdict.policy.Blocklist;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.SimulatedDevice;
import java.nio.file.Path;
import java.util.List;

/// A company in which every name that a machine or a person can choose is the same hostile text,
/// each with a letter before it that says whose name it is.
final class HostileCompany implements AutoCloseable {
  final ConsoleServer console;
  final SimulatedDevice device;
  private final SampleCompany company;
  private final String evil;

  HostileCompany(Path folder, String evil) {
    this.evil = evil;
    company = new SampleCompany(folder);
    var fleet = company.fleet;
    device = fleet.enrolled("H" + evil, OsFamily.LINUX, "D" + evil);
    for (var i = 0; i < 60; i++) {
      fleet.enrolled("H" + evil + i, OsFamily.LINUX, "D" + evil);
    }
    var now = fleet.clock.instant();
    var finding =
        new ReportedFinding(
            "S" + evil, "I" + evil, "V" + evil, "L" + evil, null, EvidenceStrength.STRONG, true);
    var action = new ReportedAction(ActionKind.FAILED, "A" + evil, ErrorClass.FILE_IN_USE, now);
    fleet.send(
        device,
        new Coverage(now, true, List.of(new ReportedGap("G" + evil, Problem.SCAN_FAILED))),
        new ReportedRule(
            SampleCompany.RULE,
            RuleState.FAILED,
            null,
            now,
            null,
            List.of(finding),
            List.of(action)));
    fleet.looks.record(device.id(), "U" + evil, "O" + evil);
    console = new ConsoleServer(fleet, this::blocklist).signedIn();
  }

  private Blocklist blocklist() {
    var written = evil.replace("\\", "\\\\").replace("\"", "\\\"");
    return SampleCompany.blocklist(text ->
        text.replace("\"Claude Code\"", "\"N" + written + "\"")
            .replace("\"Hailan Group\"", "\"B" + written + "\"")
            .replace("\"Qoder\"", "\"P" + written + "\"")
            .replace("Source code must", "R" + written));
  }

  @Override
  public void close() {
    console.close();
    company.close();
  }
}
