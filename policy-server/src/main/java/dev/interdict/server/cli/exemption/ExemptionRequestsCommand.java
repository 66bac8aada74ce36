package dev.interdict.server.cli.exemption;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
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
  private static final String ROW = "%-8s  %s  %s  %-10s  %-10s  %s";

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public ExemptionRequestsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var open = OpenExemptions.of(folder.ready(), console)) {
      var cases = open.cases();
      var confirmed = cases.confirmed();
      var requests = cases.requests(open.rules());
      if (output.json()) {
        var all = new ArrayList<Json>();
        confirmed.forEach(one -> all.add(CaseView.json(one, cases)));
        requests.forEach(one -> all.add(CaseView.json(one)));
        console.json(new Json.Arr(all));
        return Exit.OK;
      }
      if (confirmed.isEmpty() && requests.isEmpty()) {
        console.line("Nothing waits for a decision.");
        return Exit.OK;
      }
      console.line(console.bold(line("DEVICE", "HOST", "RULE", "SINCE", "UNTIL", "WAITS FOR")));
      confirmed.stream()
          .limit(MOST)
          .map(one ->
              line(
                  one.about().device(),
                  cases.host(one.about().device()),
                  one.about().rule().value(),
                  day(one.opened().at()),
                  day(one.until()),
                  CaseView.state(one)))
          .forEach(console::line);
      requests.stream()
          .limit(MOST)
          .map(one ->
              line(
                  one.about().device(),
                  one.host(),
                  one.about().rule().value(),
                  day(one.heard()),
                  day(one.until()),
                  "manager"))
          .forEach(console::line);
      if (Math.max(confirmed.size(), requests.size()) > MOST) {
        console.line(
            "Of %d and %d the first %d are shown; --output json prints all."
                .formatted(confirmed.size(), requests.size(), MOST));
      }
      return Exit.OK;
    }
  }

  private static String line(
      String device, String host, String rule, String since, String until, String state) {
    return ROW.formatted(
        device.substring(0, Math.min(8, device.length())),
        CaseView.cut(host, 14),
        CaseView.cut(rule, 18),
        since,
        until,
        state);
  }

  private static String day(@Nullable Instant at) {
    return at == null ? "-" : Times.day(at);
  }
}
