package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft submit`.
@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description =
        "Asks somebody else to review a draft, with its newest preview. Lint errors bar it.")
public final class DraftSubmitCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Option(names = "--note", paramLabel = "TEXT", description = "What the reviewer should know.")
  private @Nullable String note;

  @Option(
      names = "--few-looked",
      paramLabel = "REASON",
      description =
          "Submit it although fewer than 80 %% of the workstations in contact have looked for what"
              + " it recognises. You answer for it, and the reviewer has to as well.")
  private @Nullable String fewLooked;

  public DraftSubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.change(
        console,
        (open, by, draft) -> open.reviews().submit(by, draft, note, fewLooked),
        "Somebody else reviews it: interdict draft show %N, then approve or reject.");
  }
}
