package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict status`.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each rule how many workstations still have the software.",
      "Of one rule also from when it acts, how many will probably still have it then (the middle of"
          + " the console's forecast, and within brackets 8 of 10 draws), and in which departments"
          + " it is."
    },
    footer = {
      "",
      "Examples:",
      "  interdict status",
      "  interdict status --rule claude-code --output json",
      "",
      "Exit codes: 0 no workstation has any of it, 1 some do, 2 not understood, 3 cannot reach the",
      "server, 4 refused."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("rule", "has-it", "compliant", "devices", "last-report");

  private final Console console;

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private Sheet sheet = new Sheet();

  @Option(names = "--rule", paramLabel = "RULE", description = "Only this rule.")
  private @Nullable String rule;

  public StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var server = remote.open(console)) {
      var rows = new ArrayList<Json.Obj>();
      for (var each : rules(server)) {
        rows.add(server.get("/rules/" + RemoteServer.encoded(each)));
      }
      show(server, rows);
      return rows.stream().allMatch(row -> new Json.Int(0).equals(row.get("has-it")))
          ? Exit.OK
          : Exit.FOUND;
    }
  }

  private void show(RemoteServer server, List<Json.Obj> rows) {
    if (rule == null || sheet.forPrograms()) {
      sheet.print(rows, COLUMNS, console);
      return;
    }
    var outlook = server.find("/rules/" + RemoteServer.encoded(rule) + "/outlook");
    new StatusPortrait(rows.getFirst(), outlook.map(Answer::body).orElse(null)).print(console);
  }

  private List<String> rules(RemoteServer server) {
    if (rule != null) {
      return List.of(rule);
    }
    return server.get("/rules").get("rules") instanceof Json.Arr(var items)
        ? items.stream().map(item -> ((Json.Text) item).value()).toList()
        : List.of();
  }
}
