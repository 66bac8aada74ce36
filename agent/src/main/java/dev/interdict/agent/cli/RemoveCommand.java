package dev.interdict.agent.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-agent remove RULE`: has one's own removed now, ahead of the date.
@Command(
    name = "remove",
    description = "Removes what is yours now, ahead of the date.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = GuardCommand.EXIT_CODES,
    exitCodeList = {
      "0:asked for; the guard removes it now",
      "1:not done, or the guard does not answer",
      GuardCommand.WRONG,
      GuardCommand.REFUSED
    })
final class RemoveCommand extends GuardCommand {
  private static final Set<String> YES = Set.of("y", "yes", "是", "好");

  private final Reader reader;

  @Parameters(paramLabel = "RULE", description = "The rule, as `status` names it.")
  private String rule = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask first.")
  private boolean yes;

  /// Where the answer comes from.
  @FunctionalInterface
  interface Reader {
    /// What the person typed, or null where nobody can.
    @Nullable String line(String prompt);
  }

  RemoveCommand() {
    this(RemoveCommand::console);
  }

  RemoveCommand(Reader reader) {
    this.reader = reader;
  }

  private static @Nullable String console(String prompt) {
    var console = System.console();
    return console == null || !console.isTerminal() ? null : console.readLine("%s", prompt);
  }

  @Override
  public Integer call() throws IOException {
    var about = rule(status(), rule);
    var words = words();
    var mine =
        about.get("findings").items().stream()
            .filter(one -> one.get("yours").flag() && one.get("strength").text().equals("strong"))
            .toList();
    if (!options.json() && !mine.isEmpty()) {
      paper().line(words.say("remove.what", about.get("name").text()));
      mine.forEach(one -> new FindingText(one, words).where(paper(), 2));
      about
          .get("keep")
          .items()
          .forEach(kept -> paper().line(words.say("remove.keep", kept.text())));
      paper().line(words.say("remove.back"));
    }
    if (!yes && !mine.isEmpty() && !agreed()) {
      throw new NotDoneException(words.say("remove.no"));
    }
    var json = ask("remove", rule, Map.of());
    if (options.json()) {
      print(json);
    } else {
      paper().line(words.say("remove.done"));
    }
    return 0;
  }

  private boolean agreed() {
    out().flush();
    var said = reader.line(words().say("remove.sure") + " ");
    if (said == null) {
      throw wrong("remove.say-yes");
    }
    return YES.contains(said.strip().toLowerCase(Locale.ROOT));
  }
}
