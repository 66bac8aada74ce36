package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `interdict-agent my-data`: what leaves this computer, who agreed on it, and who looked at it.
@Command(
    name = "my-data",
    description = "Shows what leaves this computer, who decided so, and who looked at it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {"0:shown", GuardCommand.NO_GUARD, GuardCommand.WRONG, GuardCommand.REFUSED})
final class MyDataCommand extends GuardCommand {
  private static final int MOST_LISTED = 10;

  @Option(
      names = "--reports",
      description = "Print the reports themselves, newest first, exactly as they are sent.")
  private boolean reports;

  @Override
  public Integer call() throws IOException {
    var json = ask("my-data", null, Map.of());
    if (options.json()) {
      print(json);
    } else if (reports) {
      for (var report : new GuardAnswer(json).get("reports").items()) {
        if (report.get("bytes").json() instanceof Json.Text(var bytes)) {
          out().println(bytes);
        }
      }
    } else {
      tell(new GuardAnswer(json), words(), ZoneId.systemDefault(), paper());
    }
    return 0;
  }

  static void tell(GuardAnswer data, Words words, ZoneId zone, Paper paper) {
    var collection = data.get("collection");
    paper.heading(words.say("data.leaves"));
    if (collection.isThere()) {
      allowed(collection, words, paper);
    } else {
      paper.line(words.say("data.no-policy"));
    }
    paper.line(words.say("data.never"));
    if (data.get("you").isThere()) {
      paper.line(words.say("data.you", data.get("you").text()));
    }
    paper.blank();
    reports(data, words, paper);
    paper.line(words.say("data.exact"));
    paper.blank();
    looks(data, words, zone, paper);
  }

  private static void reports(GuardAnswer data, Words words, Paper paper) {
    var reports = data.get("reports").items();
    if (reports.isEmpty()) {
      paper.line(words.say("data.reports.none"));
      return;
    }
    paper.heading(words.say("data.reports"));
    for (var report : reports.subList(0, Math.min(MOST_LISTED, reports.size()))) {
      var outcome = report.get("outcome").text();
      var why = report.get("refused");
      paper.line(
          words.say(
              "data.report." + (why.isThere() ? "refused." + why.text() : outcome),
              report.get("sequence").number()));
    }
    if (reports.size() > MOST_LISTED) {
      paper.line(words.say("data.reports.more", reports.size() - MOST_LISTED));
    }
  }

  private static void allowed(GuardAnswer collection, Words words, Paper paper) {
    var level = collection.get("level").text();
    paper.line(words.say("data.state"));
    if (!level.equals("states")) {
      paper.line(words.say("data.findings"));
      paper.line(words.or("data.place." + level, level));
    } else {
      paper.line(words.say("data.place.states"));
    }
    paper.line(words.say(collection.get("host-name").flag() ? "data.host" : "data.host.none"));
    paper.line(words.say("data.ceiling"));
    var by = collection.get("decided-by");
    paper.line(
        by.isThere() ? words.say("data.decided", by.text()) : words.say("data.decided.none"));
    var text = collection.get("text").get(words.language().tag());
    if (text.isThere()) {
      paper.line(words.say("data.text", text.text()));
    }
  }

  private static void looks(GuardAnswer data, Words words, ZoneId zone, Paper paper) {
    var looks = data.get("looks").items();
    if (looks.isEmpty()) {
      paper.line(words.say("data.looks.none"));
      return;
    }
    paper.heading(words.say("data.looks"));
    for (var look : looks) {
      paper.line(
          words.say(
              "data.look",
              words.brief(look.get("at").text(), zone.getId()),
              look.get("who").text(),
              look.get("role").text()));
    }
  }
}
