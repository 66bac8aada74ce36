package dev.interdict.server.cli.review;

import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.review.DraftOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict draft edit`.
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a draft another text, from a file. A review of the text before counts no more.",
      "If somebody else changed it since the revision that you began with, nothing is written."
    })
public final class DraftEditCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  @Parameters(index = "1", paramLabel = "FILE", description = "The rule's new text.")
  private Path file = Path.of("");

  @Option(
      names = "--revision",
      paramLabel = "N",
      required = true,
      description = "The revision that you changed, as draft show prints it.")
  private long revision;

  public DraftEditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.change(
        console,
        (open, by, draft) -> {
          if (draft.revision() != revision) {
            throw new Failure(
                Exit.CONFLICT,
                "draft "
                    + draft.number()
                    + " has revision "
                    + draft.revision()
                    + " by "
                    + open.drafts().newest(draft).author()
                    + " by now; nothing was written. Bring your change into it, see: interdict"
                    + " draft show "
                    + draft.number()
                    + " --content");
          }
          var outcome = open.drafts().edit(by, draft, Texts.read(file));
          if (outcome instanceof DraftOutcome.Done(var now)
              && !one.options.output().forPrograms()) {
            RuleFiles.print(open.examined(now).findings(), console);
          }
          return outcome;
        },
        "Next: interdict draft preview %N");
  }
}
