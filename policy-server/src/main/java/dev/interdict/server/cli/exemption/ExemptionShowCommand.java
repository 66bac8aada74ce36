package dev.interdict.server.cli.exemption;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `interdict exemption show`.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what a workstation asks for a rule, and all that was decided of it.")
public final class ExemptionShowCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      description = "The workstation's id, at least 6 digits of it, or its host name.")
  private String device = "";

  @Parameters(index = "1", paramLabel = "RULE", description = "The rule's id.")
  private String rule = "";

  public ExemptionShowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = OpenExemptions.of(folder.ready(), console)) {
      var about = open.about(device, rule);
      var cases = open.cases();
      var codes = open.codes();
      var request =
          cases.requests(List.of(about.rule())).stream()
              .filter(one -> one.about().equals(about))
              .findFirst();
      var decided = cases.of(about);
      if (output.forPrograms()) {
        var list = new ArrayList<Json>();
        request.ifPresent(one -> list.add(CaseView.json(one)));
        decided.forEach(one -> list.add(CaseView.json(one, codes.of(one), cases)));
        output.print(new Json.Arr(list), console);
        return Exit.OK;
      }
      if (request.isEmpty() && decided.isEmpty()) {
        throw new Failure(
            Exit.FOUND,
            "nobody asked for an exemption from " + about.rule() + " for " + about.device());
      }
      request.ifPresent(one -> CaseView.print(one, console));
      var first = request.isEmpty();
      for (var one : decided) {
        if (!first) {
          console.blank();
        }
        first = false;
        CaseView.print(one, codes.of(one), cases, console);
      }
      return Exit.OK;
    }
  }
}
