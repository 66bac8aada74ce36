package dev.interdict.server.fleet;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.wire.Routes;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// What a heartbeat costs beside a whole report, in one run: the same devices, the same database,
/// 64 at a time, signatures included. Arguments: a folder for the database, and how many devices.
final class HeartbeatBench {
  private HeartbeatBench() {}

  public static void main(String... arguments) throws Exception {
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var count = Integer.parseInt(arguments[1]);
    try (var fleet = new SimulatedFleet(folder)) {
      var contacts = new Contacts();
      var heartbeats = new Heartbeats(fleet.database, contacts, fleet.clock, Duration.ofHours(26));
      var sweep = new ContactSweep(fleet.database, contacts, heartbeats, fleet.clock);
      var token = fleet.token("R&D", count);
      var devices = new ArrayList<SimulatedDevice>();
      for (var i = 0; i < count; i++) {
        devices.add(new SimulatedDevice("ws-" + i, OsFamily.LINUX));
      }
      var enrolments =
          devices.stream().map(one -> one.enrol(token, null, fleet.clock.instant())).toList();
      measure("enrolments", enrolments, fleet.enrolment::enrol);
      for (var round = 0; round < 3; round++) {
        fleet.clock.move(Duration.ofMinutes(5));
        var reports = devices.stream().map(one -> report(fleet, one)).toList();
        measure("reports", reports, fleet.intake::accept);
        var after = "";
        for (var beat = 0; beat < 2; beat++) {
          fleet.clock.move(Duration.ofMinutes(5));
          var nonce = "nonce-of-a-bench-" + round + "-" + beat;
          var before = after;
          after = nonce;
          var beats = devices.stream().map(one -> beat(fleet, one, before, nonce)).toList();
          measure(
              beat == 0 ? "heartbeats, first" : "heartbeats",
              beats,
              one -> {
                if (!(heartbeats.accept(one) instanceof Heartbeats.Outcome.Taken)) {
                  throw new IllegalStateException("not taken");
                }
              });
        }
        var start = System.nanoTime();
        sweep.run();
        System.out.printf(
            "%-20s %6.1f us each%n", "written down", (System.nanoTime() - start) / 1e3 / count);
      }
    }
  }

  private static SignedRequest report(SimulatedFleet fleet, SimulatedDevice device) {
    var now = fleet.clock.instant();
    var rules = new ArrayList<ReportedRule>();
    for (var i = 0; i < 5; i++) {
      var finding =
          new ReportedFinding(
              "npm",
              "pkg:npm/x@" + now.getEpochSecond(),
              null,
              "/opt/x",
              null,
              EvidenceStrength.STRONG,
              false);
      rules.add(
          new ReportedRule(
              "rule-" + i, RuleState.FAILED, null, null, null, List.of(finding), List.of()));
    }
    var body =
        device.report(new Coverage(now, true, List.of()), now, rules.toArray(ReportedRule[]::new));
    return device.signedReport(body, now);
  }

  private static SignedRequest beat(
      SimulatedFleet fleet, SimulatedDevice device, String before, String nonce) {
    var body = new Heartbeat(String.valueOf(device.lastHash()), before).write();
    return device.signed(Routes.HEARTBEAT, body, device.sequence(), fleet.clock.instant(), nonce);
  }

  private static void measure(
      String what, List<SignedRequest> requests, Consumer<SignedRequest> take) throws Exception {
    var start = System.nanoTime();
    var cpu = cpu();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var free = new java.util.concurrent.Semaphore(64);
      for (var request : requests) {
        free.acquire();
        var _ =
            threads.submit(() -> {
              try {
                take.accept(request);
              } finally {
                free.release();
              }
            });
      }
    }
    System.out.printf(
        "%-20s %6.1f us CPU each, %.0f/s%n",
        what,
        (cpu() - cpu) / 1e3 / requests.size(),
        requests.size() * 1e9 / (System.nanoTime() - start));
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
