package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft approve`.
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description =
        "Agrees to a draft that somebody else wrote (role approver). The agreement is to that very"
            + " text, against the rule in force now, for 72 hours.")
public final class DraftApproveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Option(
      names = "--sha256",
      paramLabel = "DIGITS",
      required = true,
      description = "The first 12 digits or more of the text's SHA-256, as draft show prints it.")
  private String sha256 = "";

  @Option(
      names = "--samples-seen",
      description = "You have looked at the sample matches; needed where critical groups are hit.")
  private boolean samplesSeen;

  @Option(
      names = "--few-looked",
      description =
          "You too answer for how few workstations have looked; needed where whoever submitted it"
              + " did.")
  private boolean fewLooked;

  @Option(names = "--note", paramLabel = "TEXT", description = "For the record.")
  private @Nullable String note;

  public DraftApproveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.change(
        console,
        (open, by, draft) ->
            open.reviews().approve(by, draft, sha256, samplesSeen, fewLooked, note),
        "It may be published now: interdict draft publish %N");
  }
}
