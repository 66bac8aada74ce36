package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict audit list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the newest entries of the audit log, over a server's API (role auditor).",
    footer = {
      "",
      "Examples:",
      "  interdict audit list --most 20",
      "  interdict audit list --action draft --actor li.na --output json",
      "",
      "Exit codes: 0 listed, 2 not understood, 3 cannot reach the server, 4 refused."
    })
public final class AuditListCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("seq", "at", "actor", "action", "object", "detail");

  private final Console console;

  @Mixin private RemoteOptions remote = new RemoteOptions();
  @Mixin private Sheet sheet = new Sheet();

  @Option(names = "--actor", paramLabel = "NAME", description = "Only what NAME did.")
  private @Nullable String actor;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this, or what begins with it: draft.")
  private @Nullable String action;

  @Option(
      names = "--request",
      paramLabel = "ID",
      description =
          "Only what came by the request of this id, which its answer, an error page and the"
              + " server's log name.")
  private @Nullable String request;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many to list (default: ${DEFAULT-VALUE}).")
  private int most = 50;

  public AuditListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var filter = new TreeMap<String, List<String>>();
    filter.put("actor", actor == null ? List.of() : List.of(actor));
    filter.put("action", action == null ? List.of() : List.of(action));
    filter.put("request", request == null ? List.of() : List.of(request));
    try (var server = remote.open(console)) {
      sheet.print(server, "/audit", "audit", filter, most, COLUMNS, console);
      return Exit.OK;
    }
  }
}
