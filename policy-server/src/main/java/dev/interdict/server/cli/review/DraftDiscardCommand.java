package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft discard`.
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = "Gives a draft up. Its texts stay in the database.")
public final class DraftDiscardCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  public DraftDiscardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.change(
        console,
        (open, by, draft) -> open.drafts().discard(by, draft, reason),
        "Nothing was published.");
  }
}
