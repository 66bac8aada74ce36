package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.Upkeep;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict exemption list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the exemptions that hold, the next to end first.")
public final class ExemptionListCommand implements Callable<Integer> {
  private static final int MOST_CASES = 500;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  @Option(names = "--ending", description = "Only those that end within 7 days.")
  private boolean ending;

  @Option(
      names = "--all",
      description =
          "All cases, whatever became of them, the newest first; a table shows "
              + MOST_CASES
              + " of them.")
  private boolean all;

  public ExemptionListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = OpenExemptions.of(folder.ready(), console)) {
      var now = console.clock().instant();
      var cases = open.cases();
      var codes = open.codes();
      var shown = shown(open, now);
      if (output.forPrograms()) {
        output.rows(
            shown.stream().map(one -> CaseView.json(one, codes.of(one), cases)).toList(), console);
        return Exit.OK;
      }
      if (shown.isEmpty()) {
        console.line(
            all
                ? "There is no case."
                : ending ? "No exemption ends within 7 days." : "No exemption holds.");
        return Exit.OK;
      }
      var table = new Table("CASE", "DEVICE", "HOST", "RULE", "UNTIL", "STATE");
      for (var one : shown) {
        table.row(
            one.id(),
            one.about().device().substring(0, 8),
            cases.host(one.about().device()),
            one.about().rule(),
            one.until() == null ? "-" : Times.day(one.until()),
            CaseView.state(one, codes.of(one)));
      }
      table.print(console);
      var total = all && !ending ? open.caseList().count(CaseList.ALL) : 0;
      if (total > shown.size()) {
        console.line(
            "Of %d cases the newest %d are shown; --output json prints all."
                .formatted(total, shown.size()));
      }
      var soon = cases.ending(now, Upkeep.REMINDED).size();
      if (!ending && soon > 0) {
        console.line(soon + " of them end within 7 days: interdict exemption list --ending");
      }
      return Exit.OK;
    }
  }

  private List<ExemptionCase> shown(OpenExemptions open, Instant now) {
    if (ending) {
      return open.cases().ending(now, Upkeep.REMINDED);
    }
    return all
        ? open.caseList()
            .page(
                CaseList.ALL,
                CaseList.NEWEST,
                null,
                output.forPrograms() ? Integer.MAX_VALUE : MOST_CASES)
        : open.cases().granted();
  }
}
