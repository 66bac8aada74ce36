package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
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
      "Exit codes: 0 no workstation has any of it, 1 some do, 2 not understood or no such rule,",
      "3 cannot reach the server, 4 refused."
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
      var outlook = rule == null ? null : outlook(server, rule);
      var rows = new ArrayList<Json.Obj>();
      for (var each : rules(server)) {
        rows.add(server.get("/rules/" + RemoteServer.encoded(each)));
      }
      if (rule == null || sheet.forPrograms()) {
        sheet.print(rows, COLUMNS, console);
      } else {
        new StatusPortrait(rows.getFirst(), outlook, isPaused(server, rule)).print(console);
      }
      return rows.stream().allMatch(row -> new Json.Int(0).equals(row.get("has-it")))
          ? Exit.OK
          : Exit.FOUND;
    }
  }

  /// What the list in force says of it; null where it is not there, and workstations told of it.
  ///
  /// @throws Failure if it is nowhere: to a slip of the pen nobody's workstation answers
  private static Json.@Nullable Obj outlook(RemoteServer server, String rule) {
    var found = server.find("/rules/" + RemoteServer.encoded(rule) + "/outlook");
    if (found.isEmpty() && !all(server).contains(rule)) {
      throw new Failure(
          Exit.USAGE,
          "no rule \""
              + rule
              + "\" is in the list in force, and no workstation has told of one; interdict status"
              + " without --rule lists those that there are");
    }
    return found.map(Answer::body).orElse(null);
  }

  private static boolean isPaused(RemoteServer server, String rule) {
    var held = server.get("/holds");
    return held.get("all") == Json.Bool.TRUE
        || held.get("rules") instanceof Json.Arr(var rules) && rules.contains(new Json.Text(rule));
  }

  private List<String> rules(RemoteServer server) {
    return rule == null ? all(server) : List.of(rule);
  }

  private static List<String> all(RemoteServer server) {
    return server.get("/rules").get("rules") instanceof Json.Arr(var items)
        ? items.stream().map(item -> ((Json.Text) item).value()).toList()
        : List.of();
  }
}
