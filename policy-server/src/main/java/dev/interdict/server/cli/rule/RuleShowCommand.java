package dev.interdict.server.cli.rule;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Lint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict rule show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Says in words what a rule would do. With --output json, prints it as it would be published."
    })
public final class RuleShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The rule.")
  private Path file = Path.of("");

  public RuleShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var lint = new Lint(console.clock().instant(), Map.of()).check(RuleFiles.read(List.of(file)));
    if (lint.drafts().size() != 1) {
      RuleFiles.print(lint.findings(), console);
      throw new Failure(Exit.FOUND, file + " holds no rule that could be shown");
    }
    var draft = lint.drafts().getFirst();
    if (output.forPrograms()) {
      output.print(draft.file().json(), console);
    } else {
      new RuleView(console).print(draft.rule());
    }
    return Exit.OK;
  }
}
