package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent defer RULE`: puts the removal off once, as far as the rule allows it.
@Command(
    name = "defer",
    description = {
      "Puts a removal off once, where the rule allows it.",
      "How far, and how often, is the rule's to say: see explain."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {"0:put off", GuardCommand.NO_GUARD, GuardCommand.WRONG, GuardCommand.REFUSED})
final class DeferCommand extends GuardCommand {
  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; IT can read it.")
  private String reason = "";

  @Override
  public Integer call() throws IOException {
    var zone = rule(status(), rule).get("zone").text();
    var json = ask("defer", rule, Map.of("times", "1", "reason", reason));
    if (options.json()) {
      print(json);
      return 0;
    }
    var answer = new GuardAnswer(json);
    var words = words();
    paper().line(words.say("defer.done", words.date(answer.get("date").text(), zone)));
    var left = answer.get("left").number();
    paper()
        .line(
            left > 0
                ? words.say("defer.left", left, words.date(answer.get("last").text(), zone))
                : words.say("defer.none"));
    return 0;
  }
}
