package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedFinding;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.fleet.Placement;
import org.jspecify.annotations.Nullable;

/// What is answered of one device.
final class DeviceAnswers {
  private static final Schema.Named FINDING =
      Schema.named(
          "DeviceFinding",
          needs("source", Schema.any()),
          needs("identity", Schema.any()),
          may("version", Schema.any()),
          needs("location", Schema.any()),
          needs("strength", Schema.any()),
          needs("running", new Schema.Flag()));

  private static final Excerpt FINDINGS = new Excerpt("findings", FINDING, ReportJson.MAX_FINDINGS);

  private static final Excerpt RULES =
      new Excerpt(
          "rules",
          Schema.named(
              "DeviceRule",
              needs("rule", Schema.any()),
              needs("state", DevicesApi.STATE),
              needs("reported", Schema.any()),
              may("due", Schema.instant()),
              may("exempt-until", Schema.instant()),
              needs("since", Schema.instant()),
              may("first-seen", Schema.instant()),
              may("error", Schema.any()),
              FINDINGS.rows(),
              FINDINGS.leftOut()),
          1_000);

  static final Schema.Named ACTION =
      Schema.named(
          "DeviceAction",
          needs("at", Schema.instant()),
          needs("rule", Schema.any()),
          needs("kind", Schema.any()),
          needs("identity", Schema.any()),
          may("error", Schema.any()));

  static final Schema.Named DETAIL =
      Schema.named(
          "DeviceDetail",
          needs("id", Schema.any()),
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          may("person", Schema.any()),
          needs("ring", Schema.any()),
          needs("tags", Schema.list(Schema.any(), Placement.MOST_TAGS)),
          needs("os", Schema.any()),
          needs("os-version", Schema.any()),
          may("agent", Schema.any()),
          needs("standing", Schema.any()),
          may("standing-reason", Schema.any()),
          may("unenrolled", Schema.instant()),
          needs("enrolled", Schema.instant()),
          needs("last-contact", Schema.instant()),
          may("scanned", Schema.instant()),
          needs("supported", new Schema.Flag()),
          may("policy-serial", Schema.count()),
          needs("reports", Schema.count()),
          needs("reports-lost", Schema.count()),
          may("report-sha256", Schema.any()),
          may(
              "rescan",
              Schema.named(
                  "Rescan",
                  needs("at", Schema.instant()),
                  needs("by", Schema.any()),
                  may("told", Schema.instant()))),
          RULES.rows(),
          RULES.leftOut(),
          needs("actions", Schema.list(ACTION, DeviceDetail.NEWEST)),
          needs(
              "notices",
              Schema.list(
                  Schema.named(
                      "DeviceNotice",
                      needs("at", Schema.instant()),
                      needs("rule", Schema.any()),
                      needs("phase", Schema.any()),
                      may("channel", Schema.any()),
                      needs("outcome", Schema.any())),
                  DeviceDetail.NEWEST)),
          needs(
              "answers",
              Schema.list(
                  Schema.named(
                      "DeviceAnswer",
                      needs("at", Schema.instant()),
                      needs("rule", Schema.any()),
                      needs("kind", Schema.any()),
                      may("until", Schema.instant()),
                      may("reason", Schema.any()),
                      needs("waits", new Schema.Flag())),
                  DeviceDetail.NEWEST)),
          needs(
              "problems",
              Schema.list(
                  Schema.named(
                      "DeviceProblem",
                      needs("kind", Schema.any()),
                      needs("problem", Schema.any()),
                      may("subject", Schema.any())),
                  2 * ReportJson.MAX_NOTES)));

  private DeviceAnswers() {}

  static Json json(DeviceDetail detail) {
    var device = detail.device();
    var member = detail.membership();
    var contact = detail.contact();
    var policy = contact.policy();
    var json =
        Json.object()
            .put("id", device.id().value())
            .put("host", device.hostName())
            .put("department", member.department())
            .put("person", member.person())
            .put("ring", member.ring())
            .put("tags", Json.texts(member.tags()))
            .put("os", Fields.written(device.os()))
            .put("os-version", device.osVersion())
            .put("agent", contact.agentVersion())
            .put("standing", member.standing())
            .put("standing-reason", member.reason())
            .put("unenrolled", Answers.text(detail.unenrolledAt()))
            .put("enrolled", member.enrolledAt().toString())
            .put("last-contact", contact.last().toString())
            .put("scanned", Answers.text(contact.scannedAt()))
            .put("supported", contact.supported())
            .put("policy-serial", policy == null ? null : new Json.Int(policy.serial()))
            .put("reports", contact.sequence())
            .put("reports-lost", contact.lost())
            .put("report-sha256", contact.report())
            .put("rescan", json(detail.rescan()));
    return RULES
        .put(json, detail.rules(), DeviceAnswers::json)
        .put("actions", detail.steps().stream().map(DeviceAnswers::json).toList())
        .put("notices", detail.told().stream().map(DeviceAnswers::json).toList())
        .put("answers", detail.answers().stream().map(DeviceAnswers::json).toList())
        .put(
            "problems",
            detail.notes().stream()
                .map(note ->
                    Json.object()
                        .put("kind", note.kind())
                        .put("problem", note.problem())
                        .put("subject", note.subject())
                        .build())
                .toList())
        .build();
  }

  private static Json.@Nullable Obj json(DeviceDetail.@Nullable Rescan rescan) {
    return rescan == null
        ? null
        : Json.object()
            .put("at", rescan.at().toString())
            .put("by", rescan.by())
            .put("told", Answers.text(rescan.told()))
            .build();
  }

  private static Json.Obj json(DeviceDetail.Rule rule) {
    var json =
        Json.object()
            .put("rule", rule.rule())
            .put("state", rule.status().word())
            .put("reported", Fields.written(rule.reported()))
            .put("due", Answers.text(rule.due()))
            .put("exempt-until", Answers.text(rule.exemptUntil()))
            .put("since", rule.since().toString())
            .put("first-seen", Answers.text(rule.firstSeen()))
            .put("error", rule.error());
    return FINDINGS.put(json, rule.findings(), DeviceAnswers::json).build();
  }

  private static Json.Obj json(ReportedFinding finding) {
    return Json.object()
        .put("source", finding.source())
        .put("identity", finding.identity())
        .put("version", finding.version())
        .put("location", finding.location())
        .put("strength", Fields.written(finding.strength()))
        .put("running", finding.running())
        .build();
  }

  /// As [#ACTION].
  static Json.Obj json(DeviceDetail.Step step) {
    return Json.object()
        .put("at", step.at().toString())
        .put("rule", step.rule())
        .put("kind", step.kind())
        .put("identity", step.identity())
        .put("error", step.error())
        .build();
  }

  private static Json.Obj json(DeviceDetail.Told told) {
    var notice = told.notice();
    return Json.object()
        .put("at", notice.at().toString())
        .put("rule", told.rule())
        .put("phase", notice.phase())
        .put("channel", notice.channel())
        .put("outcome", notice.outcome())
        .build();
  }

  private static Json.Obj json(DeviceDetail.Answer answered) {
    var answer = answered.answer();
    return Json.object()
        .put("at", answer.at().toString())
        .put("rule", answered.rule())
        .put("kind", answer.kind())
        .put("until", Answers.text(answer.until()))
        .put("reason", answer.text())
        .put("waits", answered.waits())
        .build();
  }
}
