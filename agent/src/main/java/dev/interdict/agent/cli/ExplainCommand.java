package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `interdict-agent explain RULE`: why, what, from when on this computer, and which input set that
/// date; what was told and answered, and what can be done now.
@Command(
    name = "explain",
    description =
        "Explains a rule: why, what happens, where the date comes from, and what you can do.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:explained",
      "1:no such rule here, or the guard does not answer",
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class ExplainCommand extends GuardCommand {
  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Override
  public Integer call() throws IOException {
    var status = status();
    var found = rule(status, rule);
    if (options.json() && found.json() instanceof Json.Obj object) {
      print(with(object, status));
    } else {
      explain(found, status.get("time"), StatusCommand.whole(status), words(), paper());
    }
    return 0;
  }

  private static Json.Obj with(Json.Obj rule, GuardAnswer status) {
    var both = Json.object();
    rule.members().forEach(both::put);
    return both.put("time", status.get("time").json()).build();
  }

  /// @param whole whether "nothing found" means that nothing is here
  static void explain(GuardAnswer rule, GuardAnswer time, boolean whole, Words words, Paper paper) {
    about(rule, words, paper);
    paper.blank();
    found(rule, whole, words, paper);
    paper.blank();
    new VerdictText(rule, words).tell(paper);
    told(rule, words, paper);
    can(rule, time, words, paper);
    paper.blank();
    new TimeText(time, rule.get("zone").text(), words)
        .full(rule.get("out-of-contact").text(), paper);
  }

  private static void about(GuardAnswer rule, Words words, Paper paper) {
    paper.heading(words.say("explain.title", rule.get("name").text(), rule.get("id").text()));
    var risk = rule.get("risk").text();
    if (rule.get("publisher").isThere()) {
      paper.line(
          words.say(
              "explain.publisher", rule.get("publisher").text(), words.or("risk." + risk, risk)));
    }
    paper.line(words.say("explain.reason", rule.get("reason").get(words.language().tag()).text()));
    paper.line(
        words.say(
            "explain.replacement",
            rule.get("replacement").text(),
            rule.get("replacement-url").text()));
    var enforcement = rule.get("enforcement").text();
    paper.line(words.say("explain.what", words.or("explain.what." + enforcement, enforcement)));
    rule.get("keep").items().forEach(kept -> paper.line(words.say("explain.keep", kept.text())));
    var by =
        String.join(", ", rule.get("decided-by").items().stream().map(GuardAnswer::text).toList());
    if (!by.isEmpty()) {
      paper.line(words.say("explain.decided", by, rule.get("decided-on").text()));
    }
    var evidence = rule.get("evidence").items();
    if (!evidence.isEmpty()) {
      paper.line(words.say("explain.evidence"));
      evidence.forEach(one -> paper.whole("  " + one.text()));
    }
    paper.line(words.say("explain.exemption"));
  }

  private static void found(GuardAnswer rule, boolean whole, Words words, Paper paper) {
    var findings = rule.get("findings").items();
    paper.heading(
        words.say(
            !findings.isEmpty()
                ? "explain.found"
                : whole ? "explain.found.none" : "explain.found.unknown"));
    for (var finding : findings) {
      var text = new FindingText(finding, words);
      text.where(paper, 2);
      text.more(paper, 4);
    }
  }

  private static void told(GuardAnswer rule, Words words, Paper paper) {
    var zone = rule.get("zone").text();
    var told = rule.get("told").items();
    if (!told.isEmpty()) {
      paper.blank();
      paper.heading(words.say("explain.told"));
    }
    for (var one : told) {
      var phase = one.get("phase").text();
      var outcome = one.get("outcome").text();
      var channel = one.get("channel").text();
      paper.line(
          words.say(
              "explain.told.line",
              words.brief(one.get("at").text(), zone),
              words.or("phase." + phase, phase),
              channel.isEmpty()
                  ? words.or("told." + outcome, outcome)
                  : words.or("channel." + channel, channel)));
    }
    var answers = rule.get("answers").items();
    if (!answers.isEmpty()) {
      paper.blank();
      paper.heading(words.say("explain.answers"));
      for (var answer : answers) {
        paper.line("  " + AnswersText.line(answer, zone, words));
        if (answer.get("text").isThere()) {
          paper.line("    " + words.say("explain.because", answer.get("text").text()));
        }
      }
    }
  }

  /// A day that can be asked for as the line stands, since people copy it: 30 days from now.
  private static String ahead(GuardAnswer time, String zone) {
    try {
      var now = Instant.parse(time.get("trusted").text());
      return now.plus(Duration.ofDays(30)).atZone(ZoneId.of(zone)).toLocalDate().toString();
    } catch (DateTimeException e) {
      return "YYYY-MM-DD";
    }
  }

  private static void can(GuardAnswer rule, GuardAnswer time, Words words, Paper paper) {
    var verbs = rule.get("can").items();
    paper.blank();
    if (verbs.isEmpty()) {
      paper.line(words.say("can.nothing"));
      return;
    }
    paper.heading(words.say("can"));
    var left = rule.get("deferral").get("left").number();
    for (var verb : verbs) {
      paper.line("  " + words.or("can." + verb.text(), verb.text(), left));
      paper.whole(
          "    interdict-agent "
              + verb.text()
              + " "
              + rule.get("id").text()
              + words.or("can.with." + verb.text(), "", ahead(time, rule.get("zone").text())));
      if (verb.text().equals("request-exemption")) {
        paper.line("  " + words.say("can.exemption-code"));
        paper.whole("    interdict-agent exemption-code " + rule.get("id").text());
      }
    }
  }
}
