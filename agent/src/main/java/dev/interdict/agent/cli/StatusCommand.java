package dev.interdict.agent.cli;

import dev.interdict.agent.wording.Columns;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `interdict-agent status`: what is banned, what of it is here, from when it is enforced.
@Command(
    name = "status",
    description = "Shows what is banned, what of it is on this computer, and from when.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing that is banned is here, and everything was looked at",
      "1:something is, or nobody can say yet",
      "2:the command line is wrong"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int RULE_COLUMNS = 16;
  private static final int HERE_COLUMNS = 26;
  private static final int ISSUER_COLUMNS = 24;

  @Mixin private GuardOptionsMixin options = new GuardOptionsMixin();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    var json = options.guard().ask("status", null);
    var status = new Answer(json);
    var out = spec.commandLine().getOut();
    if (options.json()) {
      out.print(new String(JsonWriter.pretty(json), StandardCharsets.UTF_8));
    } else {
      print(status, options.words(), out);
    }
    var found =
        status.get("rules").items().stream()
            .anyMatch(rule -> !rule.get("findings").items().isEmpty());
    return found || !whole(status) ? 1 : 0;
  }

  /// Whether "nothing found" means that nothing is here.
  static boolean whole(Answer status) {
    return status.get("serial").number() > 0
        && status.get("scanned").flag()
        && status.get("gaps").number() == 0;
  }

  static void print(Answer status, Words words, PrintWriter out) {
    var serial = status.get("serial").number();
    out.println(
        serial == 0
            ? words.say("policy.none")
            : words.say(
                "policy",
                Long.toString(serial),
                Columns.cut(status.get("issuer").text(), ISSUER_COLUMNS),
                words.say("policy." + status.get("age").text())));
    out.println(
        words.say(status.get("server-reached").flag() ? "server.reached" : "server.unreached"));
    var rules = status.get("rules").items();
    var zone = rules.isEmpty() ? "UTC" : rules.getFirst().get("zone").text();
    new TimeText(status.get("time"), zone, words).brief(out);
    var gaps = status.get("gaps").number();
    var scanned = status.get("scanned").flag();
    out.println(
        scanned
            ? gaps == 0 ? words.say("scan.whole") : words.say("scan.partly", Long.toString(gaps))
            : words.say("scan.none"));
    out.println();
    if (rules.isEmpty()) {
      out.println(words.say("no.rules"));
      return;
    }
    row(out, words.say("heading.rule"), words.say("heading.here"), words.say("heading.from"));
    var whole = whole(status);
    for (var rule : rules) {
      row(out, rule.get("id").text(), here(rule, words, whole), from(rule, words));
    }
  }

  private static void row(PrintWriter out, String rule, String here, String from) {
    out.println(pad(rule, RULE_COLUMNS) + " " + pad(here, HERE_COLUMNS) + " " + from);
  }

  private static String pad(String text, int columns) {
    var cut = Columns.cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - Columns.of(cut)));
  }

  private static String here(Answer rule, Words words, boolean whole) {
    var findings = rule.get("findings").items();
    if (findings.isEmpty()) {
      return words.say(whole ? "nothing" : "unknown");
    }
    var first = findings.getFirst();
    var rest = "";
    if (findings.stream().anyMatch(finding -> finding.get("running").number() > 0)) {
      rest += ", " + words.say("running");
    }
    if (findings.size() > 1) {
      rest += ", " + words.say("more", Integer.toString(findings.size() - 1));
    }
    // A version is whatever its maker wrote: a long one must not push out what matters more.
    var name = first.get("source").text() + " " + first.get("version").text();
    return Columns.cut(name, HERE_COLUMNS - Columns.of(rest)) + rest;
  }

  private static String from(Answer rule, Words words) {
    var verdict = rule.get("verdict");
    var zone = rule.get("zone").text();
    if (rule.get("findings").items().isEmpty()) {
      return words.say("from.none");
    }
    return switch (verdict.get("kind").text()) {
      case "waiting" -> {
        var at = verdict.get("date").get("at");
        yield at.isThere() ? words.brief(at.text(), zone) : words.say("from.waiting");
      }
      case "due" -> words.say("from.due");
      case "exempt" -> words.say("from.exempt", words.brief(verdict.get("until").text(), zone));
      case "held" -> words.say("from.held");
      default -> words.say("from.none");
    };
  }
}
