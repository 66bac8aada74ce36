package dev.interdict.agent.guard;

import dev.interdict.agent.decide.Explaining;
import dev.interdict.agent.report.Reporting;
import dev.interdict.agent.time.TimeView;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Instant;
import java.util.ArrayList;

/// How things stand, as data for the command line.
final class StatusView {
  private StatusView() {}

  /// How things stand, as `user` may see it: findings in other people's homes are left out, unless
  /// the asker is root or runs the agent.
  ///
  /// @param all whether everything may be seen
  static Json.Obj of(Board.Posted last, String user, boolean all) {
    var standing = last.standing();
    var time = last.time();
    var json =
        Json.object()
            .put("as-of", time == null ? null : time.trusted().toString())
            .put("server-reached", last.reached())
            .put("scanned", standing != null && standing.inventory() != null);
    if (standing == null || time == null) {
      return json.build();
    }
    var policy = standing.policy();
    json.put("time", time(time))
        .put("issuer", policy.blocklist().issuer())
        .put("serial", policy.blocklist().serial())
        .put("age", Fields.written(policy.age()))
        .put("gaps", standing.inventory() == null ? 0 : standing.inventory().gaps().size());
    var rules = new ArrayList<Json>();
    for (var one : standing.judged()) {
      rules.add(rule(one, user, all, time.trusted()));
    }
    return json.put("rules", rules).build();
  }

  private static Json time(TimeView time) {
    var disputed = time.disputed();
    return Json.object()
        .put("trusted", time.trusted().toString())
        .put("confirmed", time.confirmed().toString())
        .put("by", Fields.written(time.by()))
        .put("wall", time.wall().toString())
        .put("wall-ahead", time.wallAhead().toSeconds())
        .put("stepped", time.stepped())
        .put("disputed", disputed == null ? null : disputed.toString())
        .put("out-of-contact", time.outOfContact())
        .build();
  }

  private static Json rule(Judged judged, String user, boolean all, Instant now) {
    var rule = judged.rule();
    var findings = new ArrayList<Json>();
    for (var finding : judged.findings()) {
      var owner = finding.item().owner();
      if (all || owner == null || owner.user().equals(user)) {
        findings.add(
            Json.object()
                .put("source", finding.item().source())
                .put("identity", Reporting.identity(finding.item().identity()))
                .put("version", finding.item().version())
                .put("location", Reporting.place(finding.item()))
                .put("user", owner == null ? null : owner.user())
                .put("strength", Fields.written(finding.strength()))
                .put("running", finding.running().size())
                .build());
      }
    }
    return Json.object()
        .put("id", rule.id().value())
        .put("name", rule.tool().name())
        .put("replacement", rule.tool().replacement().name())
        .put("replacement-url", rule.tool().replacement().url())
        .put(
            "reason",
            Json.object()
                .put("en", rule.tool().reason().en())
                .put("zh-CN", rule.tool().reason().zhCn())
                .build())
        .put("enforcement", Fields.written(rule.enforcement()))
        .put("zone", rule.timeline().zone().getId())
        .put("out-of-contact", Fields.written(rule.timeline().outOfContact()))
        .put("verdict", Explaining.json(judged.verdict(), now))
        .put("findings", findings)
        .build();
  }
}
