package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft reject`.
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Gives a draft back to its author (role approver).")
public final class DraftRejectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      required = true,
      description = "What is to be changed.")
  private String comment = "";

  public DraftRejectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.change(
        console,
        (open, by, draft) -> open.reviews().reject(by, draft, comment),
        "Its author changes it: interdict draft edit %N FILE");
  }
}
