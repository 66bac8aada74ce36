package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent remind RULE`: be told again later; the date stays.
@Command(
    name = "remind",
    description = "Reminds you again later. The date stays as it is.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:you will be reminded",
      GuardCommand.NO_GUARD,
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class RemindCommand extends GuardCommand {
  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @ArgGroup(multiplicity = "1")
  private When when = new When();

  static final class When {
    @Option(
        names = "--in",
        paramLabel = "SPAN",
        description = "After days, hours or minutes: 1d, 4h, 30m.")
    private @Nullable String in;

    @Option(
        names = "--at",
        paramLabel = "TIME",
        description = "When your clock next shows this: 16:00.")
    private @Nullable String at;
  }

  @Override
  public Integer call() throws IOException {
    var status = status();
    var zone = rule(status, rule).get("zone").text();
    var wanted = wanted(Moment.of(status, InstantSource.system()));
    var json = ask("remind", rule, Map.of("until", wanted.toString()));
    if (options.json()) {
      print(json);
      return 0;
    }
    var until = new GuardAnswer(json).get("until").text();
    paper().line(words().say("remind.done", words().date(until, zone)));
    if (!until.equals(wanted.toString())) {
      paper().line(words().say("remind.last"));
    }
    paper().line(words().say("remind.stays"));
    return 0;
  }

  private Instant wanted(Moment now) {
    var in = when.in;
    var at = when.at;
    var wanted = in != null ? now.in(in) : at != null ? now.at(at) : null;
    if (wanted == null) {
      throw in != null ? wrong("remind.bad-in", in) : wrong("remind.bad-at", at == null ? "" : at);
    }
    return wanted;
  }
}
