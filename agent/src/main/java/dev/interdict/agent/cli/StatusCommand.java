package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.wording.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// `interdict-agent status`: what is banned, what of it is here, from when it is enforced.
@Command(
    name = "status",
    description = "Shows what is banned, what of it is here, from when, and what you can do.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:nothing that is banned is here, and everything was looked at",
      "1:something is, or nobody can say yet",
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class StatusCommand extends GuardCommand {
  private static final List<Integer> WIDTHS = List.of(16, 16, 23, 22);
  private static final int NAME_COLUMNS = 34;
  private static final int ISSUER_COLUMNS = 24;

  @Override
  public Integer call() throws IOException {
    var json = ask("status", null, Map.of());
    var status = new GuardAnswer(json);
    if (options.json()) {
      print(json);
    } else {
      print(status, words(), paper());
    }
    var found =
        status.get("rules").items().stream()
            .anyMatch(rule -> !rule.get("findings").items().isEmpty());
    return found || !whole(status) ? 1 : 0;
  }

  /// Whether "nothing found" means that nothing is here.
  static boolean whole(GuardAnswer status) {
    return verified(status) && status.get("scanned").flag() && status.get("gaps").number() == 0;
  }

  /// Whether a signed list was verified, be it the empty one of a company that has no rule yet.
  /// Guards before this one told of it by the serial alone.
  private static boolean verified(GuardAnswer status) {
    return status.get("verified").flag() || status.get("serial").number() > 0;
  }

  private static String policy(long serial, String issuer, String age, Words words) {
    var state = words.say("policy." + (serial == 0 && age.equals("current") ? "no-rule" : age));
    return serial == 0 && issuer.isEmpty()
        ? words.say("policy.unpublished", state)
        : words.say("policy", Long.toString(serial), Columns.cut(issuer, ISSUER_COLUMNS), state);
  }

  static void print(GuardAnswer status, Words words, Paper paper) {
    var serial = status.get("serial").number();
    var age = status.get("age").text();
    var judged = status.get("rules").isThere();
    paper.line(
        !judged
            ? words.say("policy.unread")
            : verified(status)
                ? policy(serial, status.get("issuer").text(), age, words)
                : words.say("policy.none"));
    paper.line(
        words.say(status.get("server-reached").flag() ? "server.reached" : "server.unreached"));
    var rules = status.get("rules").items();
    var zone = rules.isEmpty() ? "UTC" : rules.getFirst().get("zone").text();
    new TimeText(status.get("time"), zone, words).brief(paper);
    var gaps = status.get("gaps").number();
    var scanned = status.get("scanned").flag();
    paper.line(
        scanned
            ? gaps == 0 ? words.say("scan.whole") : words.say("scan.partly", gaps)
            : words.say("scan.none"));
    paper.blank();
    if (rules.isEmpty()) {
      paper.line(words.say(verified(status) ? "no.rules" : "no.rules.yet"));
      return;
    }
    paper.headings(
        WIDTHS,
        List.of(
            words.say("heading.rule"),
            words.say("heading.here"),
            words.say("heading.from"),
            words.say("heading.can")));
    var whole = whole(status);
    for (var rule : rules) {
      var id = rule.get("id").text();
      paper.row(WIDTHS, List.of(id, here(rule, words, whole), from(rule, words), can(rule, words)));
    }
    var said = rules.stream().flatMap(rule -> AnswersText.of(rule, words).stream()).toList();
    if (!said.isEmpty()) {
      paper.blank();
      said.forEach(paper::line);
    }
    paper.blank();
    paper.line(words.say("status.more"));
  }

  private static String here(GuardAnswer rule, Words words, boolean whole) {
    var findings = rule.get("findings").items();
    if (findings.isEmpty()) {
      return words.say(whole ? "nothing" : "unknown");
    }
    var first = findings.getFirst();
    var here = new ArrayList<String>();
    // A version is whatever its maker wrote: a long one must not push out what matters more.
    here.add(
        Columns.cut(first.get("source").text() + " " + first.get("version").text(), NAME_COLUMNS)
            .strip());
    if (findings.stream().anyMatch(finding -> finding.get("running").number() > 0)) {
      here.add(words.say("running"));
    }
    if (findings.size() > 1) {
      here.add(words.say("more", Integer.toString(findings.size() - 1)));
    }
    return String.join(", ", here);
  }

  private static String can(GuardAnswer rule, Words words) {
    var can = rule.get("can").items().stream().map(GuardAnswer::text).toList();
    return can.isEmpty() ? words.say("can.none") : String.join(", ", can);
  }

  private static String from(GuardAnswer rule, Words words) {
    var verdict = rule.get("verdict");
    var zone = rule.get("zone").text();
    return switch (verdict.get("kind").text()) {
      case "out-of-scope" -> words.say("from.out-of-scope");
      case "unannounced" ->
          words.say("from.unannounced", words.brief(verdict.get("announce").text(), zone));
      case "exempt" ->
          words.say(
              verdict.get("granted-by").text().isEmpty() ? "from.exempt.code" : "from.exempt",
              words.brief(verdict.get("until").text(), zone));
      case "held" -> words.say("from.held");
      case "waiting" -> {
        var date = verdict.get("date");
        var end = date.get("end").isThere() ? date.get("end") : date.get("at");
        yield rule.get("findings").items().isEmpty()
            ? words.say("from.none")
            : end.isThere() ? words.brief(end.text(), zone) : words.say("from.waiting");
      }
      case "due" -> words.say(rule.get("findings").items().isEmpty() ? "from.none" : "from.due");
      default -> words.say("from.none");
    };
  }
}
