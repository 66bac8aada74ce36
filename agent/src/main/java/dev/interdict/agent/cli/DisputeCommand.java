package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent dispute RULE [FINDING]`: says that what was found is not that tool. Nothing of
/// it is removed until a person has looked at it.
@Command(
    name = "dispute",
    description = "Says that what was found is not that tool; a person then looks at it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:taken",
      "1:not done, the guard does not answer, or which finding is meant is open",
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class DisputeCommand extends GuardCommand {
  @Parameters(index = "0", paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FINDING",
      description = "The finding's key; may be left out where there is only one.")
  private @Nullable String finding;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "What it is instead, in at most 500 characters; IT reads it.")
  private String reason = "";

  @Override
  public Integer call() throws IOException {
    var status = status();
    var about = rule(status, rule);
    var open =
        about.get("findings").items().stream().filter(one -> one.get("disputable").flag()).toList();
    var key =
        finding != null ? finding : open.size() == 1 ? open.getFirst().get("key").text() : null;
    if (key == null) {
      return list(open);
    }
    var json = ask("dispute", rule, Map.of("finding", key, "reason", reason));
    if (options.json()) {
      print(json);
      return 0;
    }
    paper().line(words().say("dispute.done"));
    if (!status.get("server-reached").flag()) {
      paper().line(words().say("away"));
    }
    return 0;
  }

  private int list(List<GuardAnswer> open) throws NotDoneException {
    if (open.isEmpty()) {
      throw new NotDoneException(words().say("dispute.nothing"));
    }
    if (options.json()) {
      print(new Json.Arr(open.stream().map(GuardAnswer::orNull).toList()));
      return 1;
    }
    paper().line(words().say("dispute.which"));
    for (var one : open) {
      paper().whole("  " + one.get("key").text());
      new FindingText(one, words()).where(paper(), 4);
    }
    return 1;
  }
}
