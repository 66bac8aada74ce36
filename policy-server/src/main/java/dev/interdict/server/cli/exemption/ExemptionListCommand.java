package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.Upkeep;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  @Option(
      names = "--category",
      paramLabel = "WORD",
      description =
          "Only those of this category, such as migration; - for those of none. Repeat it for any"
              + " of several.")
  private List<String> categories = List.of();

  public ExemptionListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = OpenExemptions.of(folder.ready(), console)) {
      var now = console.clock().instant();
      var cases = open.cases();
      var codes = open.codes();
      var wanted = wanted();
      var shown = shown(open, wanted, now);
      if (output.forPrograms()) {
        output.rows(
            shown.stream().map(one -> CaseView.json(one, codes.of(one), cases)).toList(), console);
        return Exit.OK;
      }
      if (shown.isEmpty()) {
        console.line(
            !wanted.isAll()
                ? "There is no such case of this category."
                : all
                    ? "There is no case."
                    : ending ? "No exemption ends within 7 days." : "No exemption holds.");
        return Exit.OK;
      }
      var table = new Table("CASE", "DEVICE", "HOST", "RULE", "UNTIL", "STATE", "CATEGORY");
      for (var one : shown) {
        table.row(
            one.id(),
            one.about().device().substring(0, 8),
            cases.host(one.about().device()),
            one.about().rule(),
            one.until() == null ? "-" : Times.day(one.until()),
            CaseView.state(one, codes.of(one)),
            one.category().isEmpty() ? "-" : one.category());
      }
      table.print(console);
      var total = all && !ending ? open.caseList().count(filter(wanted)) : 0;
      if (total > shown.size()) {
        console.line(
            "Of %d cases the newest %d are shown; --output json prints all."
                .formatted(total, shown.size()));
      }
      var soon = cases.ending(now, Upkeep.REMINDED).size();
      if (!ending && wanted.isAll() && soon > 0) {
        console.line(soon + " of them end within 7 days: interdict exemption list --ending");
      }
      return Exit.OK;
    }
  }

  private Terms wanted() {
    try {
      return CaseList.categories(new Asked(Map.of("category", categories)));
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "--" + e.getMessage());
    }
  }

  private static CaseList.Filter filter(Terms categories) {
    return new CaseList.Filter(Scope.WHOLE, Terms.ALL, Instant.EPOCH, null, Terms.ALL, categories);
  }

  private List<ExemptionCase> shown(OpenExemptions open, Terms wanted, Instant now) {
    if (all && !ending) {
      return open.caseList()
          .page(
              filter(wanted),
              CaseList.NEWEST,
              null,
              output.forPrograms() ? Integer.MAX_VALUE : MOST_CASES);
    }
    var holding = ending ? open.cases().ending(now, Upkeep.REMINDED) : open.cases().granted();
    return holding.stream().filter(one -> wanted.allows(one.category())).toList();
  }
}
