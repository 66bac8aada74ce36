package dev.interdict.server.cli.review;

import dev.interdict.json.Json;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.review.DraftJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict draft lint`.
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description =
        "Says what is wrong with a draft's newest text. Exit code 1 if there is an error.")
public final class DraftLintCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OneDraft one = new OneDraft();

  public DraftLintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    return one.look(
        console,
        (open, draft) -> {
          var examined = open.examined(draft);
          if (one.options.output().forPrograms()) {
            one.options
                .output()
                .print(
                    new Json.Arr(
                        examined.findings().stream().<Json>map(DraftJson::finding).toList()),
                    console);
          } else {
            RuleFiles.print(examined.findings(), console);
            if (examined.findings().isEmpty()) {
              console.line("Lint found nothing.");
            }
          }
          return examined.isPublishable() ? Exit.OK : Exit.FOUND;
        });
  }
}
