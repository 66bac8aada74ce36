package dev.interdict.server.cli.review;

import dev.interdict.server.cli.publishing.Outcomes;
import dev.interdict.server.cli.terminal.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict draft observe`.
@Command(
    name = "observe",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes what a draft recognises in observe mode, so that workstations look for it: nothing"
          + " is blocked or removed, and nobody is told.",
      "Beside a rule of that id that does more, it goes by the id with -trial; publishing the draft"
          + " takes that away."
    })
public final class DraftObserveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();
  @Mixin private DraftSigning signing = new DraftSigning();

  public DraftObserveCommand(Console console) {
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
                  .observe(by, draft, (edit, consent) -> publisher.edit(by.name(), edit, consent));
          return Outcomes.print(outcome, one.options.output(), console);
        });
  }
}
