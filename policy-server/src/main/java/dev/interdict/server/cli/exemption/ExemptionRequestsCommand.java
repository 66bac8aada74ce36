package dev.interdict.server.cli.exemption;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict exemption requests`.
@Command(
    name = "requests",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what waits for a decision: of security first, then of a manager, each with what waits"
          + " longest first.",
      "Of several requests of one workstation for one rule the last counts."
    })
public final class ExemptionRequestsCommand implements Callable<Integer> {
  private static final int MOST = 500;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  public ExemptionRequestsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = OpenExemptions.of(folder.ready(), console)) {
      var cases = open.cases();
      var confirmed = cases.confirmed();
      var requests = cases.requests(open.rules());
      if (output.forPrograms()) {
        var all = new ArrayList<Json>();
        confirmed.forEach(one -> all.add(CaseView.json(one, cases)));
        requests.forEach(one -> all.add(CaseView.json(one)));
        output.rows(all, console);
        return Exit.OK;
      }
      if (confirmed.isEmpty() && requests.isEmpty()) {
        console.line("Nothing waits for a decision.");
        return Exit.OK;
      }
      var table = new Table("DEVICE", "HOST", "RULE", "WAITS FOR", "SINCE", "UNTIL");
      confirmed.stream()
          .limit(MOST)
          .forEach(one ->
              table.row(
                  id(one.about().device()),
                  cases.host(one.about().device()),
                  one.about().rule(),
                  CaseView.state(one),
                  day(one.opened().at()),
                  day(one.until())));
      requests.stream()
          .limit(MOST)
          .forEach(one ->
              table.row(
                  id(one.about().device()),
                  one.host(),
                  one.about().rule(),
                  "manager",
                  day(one.heard()),
                  day(one.until())));
      table.print(console);
      if (Math.max(confirmed.size(), requests.size()) > MOST) {
        console.line(
            "Of %d and %d the first %d are shown; --output json prints all."
                .formatted(confirmed.size(), requests.size(), MOST));
      }
      return Exit.OK;
    }
  }

  private static String id(String device) {
    return device.substring(0, Math.min(8, device.length()));
  }

  private static String day(@Nullable Instant at) {
    return at == null ? "-" : Times.day(at);
  }
}
