package dev.interdict.server.cli.review;

import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict draft publish`.
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Signs an approved draft with the key at hand and publishes it in place of the rule of its"
          + " id.",
      "One that makes agents do no more than now needs no approval. Where people sign the list"
          + " offline: interdict blocklist draft --reviewed DRAFT."
    })
public final class DraftPublishCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();
  @Mixin private DraftSigning signing = new DraftSigning();

  public DraftPublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.look(
        console,
        (open, draft) -> {
          var by = one.options.person(open, console);
          var publisher = signing.open(open, console);
          var outcome =
              open.releases()
                  .publish(by, draft, (edit, consent) -> publisher.edit(by.name(), edit, consent));
          return Outcomes.print(outcome, one.options.output(), console);
        });
  }
}
