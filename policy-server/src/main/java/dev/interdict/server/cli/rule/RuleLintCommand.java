package dev.interdict.server.cli.rule;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.draft.Lint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict rule lint`.
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description = {
      "Says what is wrong with rules before anybody signs them, line by line.",
      "",
      "A warning that was decided upon is allowed by a comment in its line or the line before:"
          + " # allow R031: why"
    })
public final class RuleLintCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Rule files, or folders of them, that are meant to be published together.")
  private List<Path> files = List.of();

  public RuleLintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var result = new Lint(console.clock().instant(), Map.of()).check(RuleFiles.read(files));
    if (output.forPrograms()) {
      output.print(
          new Json.Arr(result.findings().stream().map(RuleLintCommand::json).toList()), console);
    } else {
      RuleFiles.print(result.findings(), console);
      if (result.findings().isEmpty()) {
        console.line(console.green("OK") + "  " + RuleFiles.count(result.drafts().size(), "rule"));
      }
    }
    return result.publishable() ? Exit.OK : Exit.FOUND;
  }

  private static Json json(Finding finding) {
    return Json.object()
        .put("file", finding.file())
        .put("line", finding.at().line())
        .put("column", finding.at().column())
        .put("severity", finding.code().severity().word())
        .put("code", finding.code().name())
        .put("message", finding.message())
        .build();
  }
}
