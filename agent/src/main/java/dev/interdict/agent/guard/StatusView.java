package dev.interdict.agent.guard;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.agent.report.Reporting;
import dev.interdict.decide.Explaining;
import dev.interdict.decide.TimeView;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Localized;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How things stand, as data for the command line and the page: as `user` may see it. Findings in
/// other people's homes are left out, unless the asker is root or runs the agent.
///
/// @param last how things stood after the last cycle
/// @param all whether everything may be seen
/// @param awake the device's awake time in all
record StatusView(
    Board.Posted last, String user, boolean all, Ledger ledger, Pseudonyms names, Duration awake) {

  private static final int MOST = 50;

  Json.Obj json() {
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
        .put("verified", policy.version() != null)
        .put("age", Fields.written(policy.age()))
        .put("gaps", standing.inventory() == null ? 0 : standing.inventory().gaps().size());
    var rules = new ArrayList<Json>();
    for (var one : standing.judged()) {
      rules.add(rule(one, policy, time.trusted()));
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

  private Json rule(Judged judged, TrustedPolicy policy, Instant now) {
    var rule = judged.rule();
    var tool = rule.tool();
    var possible = new Possible(judged, user, policy.exemptions(), policy.age(), now, names);
    var timeline = rule.timeline();
    var assessment = tool.assessment();
    return Json.object()
        .put("id", rule.id().value())
        .put("name", tool.name())
        .put("publisher", tool.publisher())
        .put("risk", Fields.written(tool.risk()))
        .put("replacement", tool.replacement().name())
        .put("replacement-url", tool.replacement().url())
        .put("reason", localized(tool.reason()))
        .put("decided-by", assessment == null ? List.of() : texts(assessment.reviewers()))
        .put("decided-on", assessment == null ? null : assessment.date().toString())
        .put("evidence", assessment == null ? List.of() : texts(assessment.evidence()))
        .put("enforcement", Fields.written(rule.enforcement()))
        .put("zone", timeline.zone().getId())
        .put("announce", timeline.announceAt().toString())
        .put("effective", timeline.term().toString())
        .put("minimum-notice", timeline.minimumNotice().toString())
        .put("out-of-contact", Fields.written(timeline.outOfContact()))
        .put("keep", texts(rule.keep().stream().map(place -> "~/" + place).toList()))
        .put("verdict", Explaining.json(judged.verdict(), now))
        .put("history", Explaining.json(judged.sighting(), judged.history(), user, awake))
        .put("can", texts(List.copyOf(possible.verbs())))
        .put("deferral", deferral(possible))
        .put("prevented", ledger.of(rule.id()).acts().prevented())
        .put("arrived", arrived(ledger.of(rule.id()).acts().lastArrival()))
        .put("findings", findings(judged, possible))
        .put("told", told(judged))
        .put("answers", answers(judged, policy, now))
        .build();
  }

  /// What last arrived where it was, and who most likely brought it.
  private static @Nullable Json arrived(Entry.@Nullable Arrived arrived) {
    return arrived == null
        ? null
        : Json.object()
            .put("at", arrived.at().toString())
            .put("cause", arrived.cause())
            .put("program", arrived.program())
            .build();
  }

  private static Json localized(Localized text) {
    return Json.object().put("en", text.en()).put("zh-CN", text.zhCn()).build();
  }

  private static List<Json> texts(List<String> texts) {
    return texts.stream().<Json>map(Json.Text::new).toList();
  }

  private static Json deferral(Possible possible) {
    var deferral = possible.judged().rule().timeline().deferral();
    var left = possible.putOffLeft();
    var date =
        possible.judged().verdict() instanceof Verdict.Waiting(var waiting) ? waiting.at() : null;
    return Json.object()
        .put("left", left)
        .put("by", deferral.by().toString())
        .put("last", date == null ? null : date.plus(deferral.by().multipliedBy(left)).toString())
        .build();
  }

  private List<Json> findings(Judged judged, Possible possible) {
    var findings = new ArrayList<Json>();
    var disputable = possible.disputable();
    for (var finding : judged.findings()) {
      var owner = finding.item().owner();
      if (all || owner == null || owner.user().equals(user)) {
        var key = possible.key(finding);
        findings.add(
            Json.object()
                .put("key", key)
                .put("source", finding.item().source())
                .put("identity", Reporting.identity(finding.item().identity()))
                .put("version", finding.item().version())
                .put("location", Reporting.place(finding.item()))
                .put("user", owner == null ? null : owner.user())
                .put("yours", owner != null && owner.user().equals(user))
                .put("strength", Fields.written(finding.strength()))
                .put("running", finding.running().size())
                .put("disputed", judged.history().disputed().contains(key))
                .put("disputable", disputable.contains(finding))
                .build());
      }
    }
    return findings;
  }

  /// What this person was told, oldest first.
  private List<Json> told(Judged judged) {
    var told = new ArrayList<Json>();
    for (var entry : ledger.of(judged.rule().id()).all()) {
      if (entry instanceof Entry.Told one
          && (all || one.person().equals(user))
          && one.outcome() != ToldOutcome.HELD_BACK) {
        told.add(
            Json.object()
                .put("at", one.at().toString())
                .put("phase", Fields.written(one.phase()))
                .put("channel", one.channel())
                .put("outcome", Fields.written(one.outcome()))
                .build());
      }
    }
    return told.subList(Math.max(0, told.size() - MOST), told.size());
  }

  /// What this person answered, oldest first.
  private List<Json> answers(Judged judged, TrustedPolicy policy, Instant now) {
    var answers = new ArrayList<Json>();
    for (var one : ledger.of(judged.rule().id()).answers()) {
      if (all || one.person().equals(user)) {
        answers.add(
            Json.object()
                .put("id", one.id())
                .put("kind", Fields.written(one.kind()))
                .put("at", one.at().toString())
                .put("until", one.until() == null ? null : one.until().toString())
                .put("finding", one.finding())
                .put("text", one.text())
                .put("state", state(one, policy, now))
                .build());
      }
    }
    return answers.subList(Math.max(0, answers.size() - MOST), answers.size());
  }

  /// `waiting` for a person's decision, `granted`, `refused`, `confirmed`, or `taken`.
  private static String state(Entry.Answered answer, TrustedPolicy policy, Instant now) {
    var exemptions = policy.exemptions();
    var rule = answer.rule();
    return switch (answer.kind()) {
      case EXEMPTION_REQUEST ->
          exemptions.refused().stream()
                  .anyMatch(no -> no.rule().equals(rule) && !no.at().isBefore(answer.at()))
              ? "refused"
              : exemptions.granted().stream()
                      .anyMatch(yes -> yes.rule().equals(rule) && now.isBefore(yes.until()))
                  ? "granted"
                  : "waiting";
      case NOT_THAT_TOOL ->
          exemptions.confirmed().stream()
                  .anyMatch(one -> one.rule().equals(rule) && !one.at().isBefore(answer.at()))
              ? "confirmed"
              : "waiting";
      case REMIND, PUT_OFF, REMOVE_NOW, EXEMPTION_CODE -> "taken";
    };
  }
}
