package dev.interdict.server.web;

import dev.interdict.identity.Printable;
import dev.interdict.policy.Blocklist;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Coverage;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportedAction;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedGap;
import dev.interdict.report.ReportedNotice;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.fleet.SimulatedDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;

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
    var department = "D" + line(evil);
    device = fleet.enrolled("H" + evil, OsFamily.LINUX, department);
    for (var i = 0; i < 60; i++) {
      fleet.enrolled(
          "H" + evil.substring(0, Math.min(evil.length(), 60)) + i, OsFamily.LINUX, department);
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
                List.of(action))
            .with(
                List.of(new ReportedNotice(now, "reminder", "desktop", "shown", "a1")),
                List.of(asked(now))));
    fleet.looks.record(device.id(), "U" + evil, "O" + evil);
    console = new ConsoleServer(fleet, this::blocklist).signedIn();
  }

  private ReportedAnswer asked(Instant now) {
    return new ReportedAnswer(
        "x-1", "exemption-request", now, now.plus(Duration.ofDays(10)), null, "Q" + evil, "a1");
  }

  /// As much of it as a department takes: one line of what can be seen.
  static String line(String evil) {
    var seen = evil.codePoints().filter(Printable::isSafe).limit(90);
    return seen.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Adds what people write: drafts, rings, views, tokens, requests, comments and reasons, and goes
  /// on as somebody who sees all of it.
  HostileCompany furnished() {
    console.as("quan.neng", Role.values());
    Everywhere.furnish(console);
    var text = new String(Catalogue.rule("cursor").orElseThrow(), StandardCharsets.UTF_8);
    var named =
        text.replace("name: Cursor", "name: " + quoted("N"))
            .replace("publisher: Anysphere", "publisher: " + quoted("B"))
            .replaceFirst("en: Cursor is[^\n]*", "en: " + Matcher.quoteReplacement(quoted("R")));
    Everywhere.done(console, "createDraft", "content", named);
    Everywhere.done(
        console,
        "saveView",
        "name",
        "V" + line(evil),
        "address",
        "/devices?q=" + ConsoleServer.encoded(evil),
        "shared",
        "true");
    var ring = "G" + line(evil);
    Everywhere.done(
        console,
        "putRing?ring=" + ConsoleServer.encoded(ring),
        "_seen",
        "\"0\"",
        "description",
        "E" + line(evil),
        "place",
        "10");
    Everywhere.done(
        console,
        "createEnrolmentToken",
        "department",
        "D" + line(evil),
        "uses",
        "5",
        "days",
        "3",
        "tags",
        "T" + line(evil));
    var item = "?device=" + device.id() + "&rule=" + SampleCompany.RULE;
    Everywhere.done(console, "commentQueueItem" + item, "text", "C" + evil);
    Everywhere.done(console, "pause", "rules", SampleCompany.RULE, "reason", "W" + line(evil));
    return this;
  }

  /// A name as a text of YAML.
  private String quoted(String whose) {
    return '"' + whose + evil.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
