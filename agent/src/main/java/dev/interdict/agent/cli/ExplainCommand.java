package dev.interdict.agent.cli;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `interdict-agent explain RULE`: why, what, from when on this computer, and which input set that
/// date.
@Command(
    name = "explain",
    description = "Explains a rule: why, what happens, and how this computer's date came about.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:explained",
      "1:no such rule here, or the guard does not answer",
      "2:the command line is wrong"
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private GuardOptionsMixin options = new GuardOptionsMixin();

  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var status = new Answer(options.guard().ask("status", null));
    var words = options.words();
    for (var candidate : status.get("rules").items()) {
      if (candidate.get("id").text().equals(rule)) {
        var json = candidate.json();
        var out = spec.commandLine().getOut();
        if (options.json() && json instanceof Json.Obj object) {
          out.print(new String(JsonWriter.pretty(with(object, status)), StandardCharsets.UTF_8));
        } else {
          explain(candidate, status.get("time"), StatusCommand.whole(status), words, out);
        }
        return 0;
      }
    }
    throw new IOException(words.say("explain.unknown", rule));
  }

  private static Json.Obj with(Json.Obj rule, Answer status) {
    var both = Json.object();
    rule.members().forEach(both::put);
    return both.put("time", status.get("time").json()).build();
  }

  /// @param whole whether "nothing found" means that nothing is here
  static void explain(Answer rule, Answer time, boolean whole, Words words, PrintWriter out) {
    out.println(words.say("explain.title", rule.get("name").text(), rule.get("id").text()));
    var language = words.language().tag();
    out.println(words.say("explain.reason", rule.get("reason").get(language).text()));
    out.println(
        words.say(
            "explain.replacement",
            rule.get("replacement").text(),
            rule.get("replacement-url").text()));
    out.println(
        words.say("explain.what", words.say("explain.what." + rule.get("enforcement").text())));
    out.println(words.say("explain.exemption"));
    out.println();
    found(rule, whole, words, out);
    out.println();
    var zone = rule.get("zone").text();
    verdict(rule.get("verdict"), zone, words, out);
    out.println();
    new TimeText(time, zone, words).full(rule.get("out-of-contact").text(), out);
  }

  private static void found(Answer rule, boolean whole, Words words, PrintWriter out) {
    var findings = rule.get("findings").items();
    out.println(
        words.say(
            !findings.isEmpty()
                ? "explain.found"
                : whole ? "explain.found.none" : "explain.found.unknown"));
    for (var finding : findings) {
      out.println(words.say("explain.found.line", name(finding), finding.get("location").text()));
    }
  }

  /// A package URL states its version itself; other identities do not.
  private static String name(Answer finding) {
    var identity = finding.get("identity").text();
    var version = finding.get("version").text();
    return version.isEmpty() || identity.endsWith("@" + version)
        ? identity
        : identity + " " + version;
  }

  private static void verdict(Answer verdict, String zone, Words words, PrintWriter out) {
    var kind = verdict.get("kind").text();
    switch (kind) {
      case "waiting", "due" -> dated(kind, verdict, zone, words, out);
      case "exempt" ->
          out.println(
              words.say(
                  "explain.verdict.exempt",
                  words.date(verdict.get("until").text(), zone),
                  verdict.get("case").text(),
                  verdict.get("granted-by").text(),
                  verdict.get("why").text()));
      case "unannounced" ->
          out.println(
              words.say(
                  "explain.verdict.unannounced", words.date(verdict.get("announce").text(), zone)));
      default -> out.println(words.say("explain.verdict." + kind, verdict.get("why").text()));
    }
  }

  private static void dated(
      String kind, Answer verdict, String zone, Words words, PrintWriter out) {
    var date = verdict.get("date");
    var at = date.get("at");
    out.println(
        !at.isThere()
            ? words.say("explain.verdict.unset")
            : date.get("set-by").text().equals("out-of-contact")
                ? words.say("explain.verdict.now")
                : words.say("explain.verdict." + kind, words.date(at.text(), zone)));
    out.println(words.say("explain.how"));
    out.println(words.say("explain.how.effective", words.date(date.get("effective").text(), zone)));
    if (date.get("ring").isThere()) {
      out.println(words.say("explain.how.ring", date.get("ring").text()));
    }
    var notice = date.get("notice-ends");
    out.println(
        notice.isThere()
            ? words.say("explain.how.notice", words.date(notice.text(), zone))
            : words.say("explain.how.notice.none"));
    if (at.isThere()) {
      out.println(words.say("explain.how." + date.get("set-by").text()));
    }
  }
}
