package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent request-exemption RULE`: asks IT to let the tool stay until a day.
@Command(
    name = "request-exemption",
    description = "Asks IT to let you keep a tool until a day, at most 180 days ahead.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:asked; `status` tells the answer once it is there",
      GuardCommand.NO_GUARD,
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class ExemptionCommand extends GuardCommand {
  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Option(
      names = "--until",
      required = true,
      paramLabel = "DATE",
      description = "The last day on which you need it, such as 2026-07-31.")
  private String until = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in at most 500 characters; IT reads it.")
  private String reason = "";

  @Override
  public Integer call() throws IOException {
    var status = status();
    var zone = rule(status, rule).get("zone").text();
    var json = ask("request-exemption", rule, Map.of("until", until, "reason", reason));
    if (options.json()) {
      print(json);
      return 0;
    }
    var words = words();
    var answer = new GuardAnswer(json);
    paper().line(words.say("request.done", answer.get("request").text()));
    paper()
        .line(
            answer.get("waits-until").isThere()
                ? words.say("request.waits", words.date(answer.get("waits-until").text(), zone))
                : words.say("request.stands"));
    if (!status.get("server-reached").flag()) {
      paper().line(words.say("away"));
    }
    return 0;
  }
}
