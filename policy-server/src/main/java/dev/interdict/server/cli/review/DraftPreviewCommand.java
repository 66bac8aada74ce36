package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.review.DraftJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict draft preview`.
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = {
      "Counts whom a draft would hit, by what workstations reported, and keeps that as evidence.",
      "It counts for 7 days, unless more than 5 %% of the fleet tells something else by then."
    })
public final class DraftPreviewCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  public DraftPreviewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.look(
        console,
        (open, draft) -> {
          var by = one.options.person(open, console);
          var examined = open.examined(draft);
          if (examined.draft() == null) {
            throw new Failure(
                Exit.FOUND,
                "the text is not understood; see: interdict draft lint " + draft.number());
          }
          var preview = open.previews().take(by, draft, open.drafts().newest(draft), examined);
          if (one.options.output().forPrograms()) {
            one.options.output().print(DraftJson.preview(preview), console);
            return Exit.OK;
          }
          new PreviewView(console).print(preview, null);
          if (preview.observed() == null) {
            console.line(
                "Let workstations look first, which takes nothing away: interdict draft observe "
                    + draft.number());
          } else if (!examined.direction().isSafe()) {
            console.line("Next: interdict draft submit " + draft.number());
          }
          return Exit.OK;
        });
  }
}
