package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent exemption-code RULE`: an exemption by telephone, where no server is reached.
@Command(
    name = "exemption-code",
    description = {
      "Lets you keep a tool by a code of your help desk, without any network.",
      "Shows a challenge that you read to them, and takes the code that they read to you."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  interdict-agent exemption-code claude-code",
      "  interdict-agent exemption-code claude-code --code 8K3M-0QWD-71ZN-5VXA-H2TC"
    },
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:the challenge is shown, or the code is taken",
      GuardCommand.NO_GUARD,
      "2:the command line is wrong, or the code was misread",
      GuardCommand.REFUSED
    })
final class CodeCommand extends GuardCommand {
  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Option(
      names = {"--code", "--answer"},
      paramLabel = "CODE",
      description = "What the help desk reads to you, 20 letters and digits.")
  private String code = "";

  @Option(
      names = "--fresh",
      description = "Shows a new challenge; the one before is answered no more.")
  private boolean fresh;

  @Override
  public Integer call() throws IOException {
    var zone = rule(status(), rule).get("zone").text();
    var json = ask("exemption-code", rule, Map.of("code", code, "fresh", fresh ? "yes" : ""));
    if (options.json()) {
      print(json);
      return 0;
    }
    var words = words();
    var answer = new GuardAnswer(json);
    if (answer.get("challenge").isThere()) {
      paper().line(words.say("code.read"));
      paper().blank();
      paper().heading("  " + answer.get("challenge").text());
      paper().blank();
      paper().line(words.say("code.then", words.span(answer.get("valid").text())));
      paper().whole("  interdict-agent exemption-code " + rule + " --code CODE");
    } else {
      paper().line(words.say("code.done", words.date(answer.get("until").text(), zone)));
      paper().line(words.say("code.told"));
    }
    return 0;
  }
}
