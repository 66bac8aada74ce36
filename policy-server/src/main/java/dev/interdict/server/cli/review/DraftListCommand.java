package dev.interdict.server.cli.review;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.review.DraftJson;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict draft list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the drafts that are neither published nor discarded, newest first.")
public final class DraftListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  @Option(names = "--all", description = "Those too that were published or discarded.")
  private boolean all;

  public DraftListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenDrafts.of(folder.ready(), console)) {
      var drafts = open.drafts().list(all);
      if (output.forPrograms()) {
        output.rows(
            drafts.stream().<Json>map(one -> DraftJson.of(one, open.drafts())).toList(), console);
        return Exit.OK;
      }
      if (drafts.isEmpty()) {
        console.line("No draft is open.");
        return Exit.OK;
      }
      var table =
          new Table("DRAFT", "RULE", "STATE", "REVISION", "BY", "CREATED")
              .right("DRAFT", "REVISION");
      for (var one : drafts) {
        table.row(
            one.number(),
            one.rule() == null ? "-" : one.rule(),
            one.state().written(),
            one.revision(),
            open.drafts().newest(one).author(),
            Times.day(one.created().at()));
      }
      table.print(console);
      return Exit.OK;
    }
  }
}
