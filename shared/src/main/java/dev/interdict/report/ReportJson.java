package dev.interdict.report;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports as JSON, format 1.
///
/// Reading ignores members it does not know, since a report only informs; a value it does not know
/// becomes the honest one (`unknown`, `other`, `weak`), never `clear`. Thread-safe.
public final class ReportJson {
  /// The one format number written.
  public static final int FORMAT = 1;

  /// Most rules in one report.
  public static final int MAX_RULES = 500;

  /// Most findings of one rule; an agent that has more sends the first and says `LIMIT_EXCEEDED`.
  public static final int MAX_FINDINGS = 1000;

  /// Most actions of one rule.
  public static final int MAX_ACTIONS = 1000;

  /// Most notices of one rule.
  public static final int MAX_NOTICES = 100;

  /// Most answers of one rule.
  public static final int MAX_ANSWERS = 100;

  /// Most findings in one report.
  public static final int MAX_FINDINGS_IN_ALL = 20_000;

  /// Most gaps, and most problems.
  public static final int MAX_NOTES = 500;

  /// What a report's bytes are held to before anything in them is believed.
  public static final JsonLimits LIMITS = new JsonLimits(5 << 20, 32, 4 << 10, 500_000, false);

  private ReportJson() {}

  /// The report in `bytes`.
  ///
  /// @throws JsonException if it is malformed, too large or contradicts itself
  public static Report read(byte[] bytes) throws JsonException {
    return new ReportReading().report(JsonReader.read(bytes, LIMITS));
  }

  /// The bytes to store, sign and send; they are never made a second time from the record.
  public static byte[] write(Report report) {
    return JsonWriter.compact(json(report));
  }

  /// How the next report names these bytes: lower-case hex SHA-256.
  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static Json json(Report report) {
    var policy = report.policy();
    return Json.object()
        .put("format", FORMAT)
        .put("id", report.id().value())
        .put("device", json(report.device()))
        .put("sequence", report.sequence())
        .put("previous", report.previousHash())
        .put("at", time(report.at()))
        .put("agent", report.agentVersion())
        .put(
            "policy",
            policy == null
                ? null
                : Json.object()
                    .put("serial", policy.serial())
                    .put("role-version", policy.roleVersion())
                    .build())
        .put("footing", json(report.footing()))
        .put("coverage", json(report.coverage()))
        .put("rules", report.rules().stream().map(ReportJson::json).toList())
        .put("problems", report.problems().stream().map(ReportJson::json).toList())
        .build();
  }

  /// A device's own facts, also part of the request to enrol.
  public static Json.Obj json(Device device) {
    return Json.object()
        .put("id", device.id().value())
        .put("host", device.hostName())
        .put("os", word(device.os()))
        .put("os-version", device.osVersion())
        .put("architecture", device.architecture())
        .put("vocabulary", device.vocabulary())
        .build();
  }

  private static @Nullable Json json(@Nullable Footing footing) {
    if (footing == null) {
      return null;
    }
    var versions = Json.object();
    footing.versions().forEach(versions::put);
    var hash = footing.taken().hash();
    return Json.object()
        .put(
            "taken",
            Json.object()
                .put("sequence", footing.taken().sequence())
                .put("hash", hash.isEmpty() ? null : hash)
                .build())
        .put("versions", versions.build())
        .build();
  }

  private static Json json(Coverage coverage) {
    return Json.object()
        .put("scanned-at", time(coverage.scannedAt()))
        .put("supported", coverage.supported())
        .put(
            "gaps",
            coverage.gaps().stream()
                .map(gap ->
                    Json.object()
                        .put("source", gap.source())
                        .put("problem", word(gap.problem()))
                        .build())
                .toList())
        .build();
  }

  private static Json json(ReportedRule rule) {
    return Json.object()
        .put("rule", rule.rule())
        .put("state", word(rule.state()))
        .put("presence", word(rule.presence()))
        .put("date", time(rule.date()))
        .put("exempt-until", time(rule.exemptUntil()))
        .put("findings", rule.findings().stream().map(ReportJson::json).toList())
        .put("actions", rule.actions().stream().map(ReportJson::json).toList())
        .put("notices", some(rule.notices().stream().map(ReportJson::json).toList()))
        .put("answers", some(rule.answers().stream().map(ReportJson::json).toList()))
        .build();
  }

  /// Most rules have none, in every report of a very large fleet: an empty list is left out.
  private static @Nullable Json some(List<Json> list) {
    return list.isEmpty() ? null : new Json.Arr(list);
  }

  private static Json json(ReportedFinding finding) {
    return Json.object()
        .put("source", finding.source())
        .put("identity", finding.identity())
        .put("version", finding.version())
        .put("location", finding.location())
        .put("owner", finding.owner())
        .put("strength", word(finding.strength()))
        .put("running", finding.running())
        .put("origin", finding.origin())
        .put("key", finding.key())
        .build();
  }

  private static Json json(ReportedNotice notice) {
    return Json.object()
        .put("at", time(notice.at()))
        .put("phase", notice.phase())
        .put("channel", notice.channel())
        .put("outcome", notice.outcome())
        .put("person", notice.person())
        .build();
  }

  private static Json json(ReportedAnswer answer) {
    return Json.object()
        .put("id", answer.id())
        .put("kind", answer.kind())
        .put("at", time(answer.at()))
        .put("until", time(answer.until()))
        .put("finding", answer.finding())
        .put("text", answer.text())
        .put("person", answer.person())
        .build();
  }

  private static Json json(ReportedAction action) {
    return Json.object()
        .put("kind", word(action.kind()))
        .put("identity", action.identity())
        .put("error", word(action.error()))
        .put("at", time(action.at()))
        .build();
  }

  private static Json json(ReportedProblem problem) {
    return Json.object()
        .put("problem", word(problem.problem()))
        .put("subject", problem.subject())
        .build();
  }

  private static @Nullable String word(@Nullable Enum<?> constant) {
    return constant == null ? null : dev.interdict.json.Fields.written(constant);
  }

  static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
