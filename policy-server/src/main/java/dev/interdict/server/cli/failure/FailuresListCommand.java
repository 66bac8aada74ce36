package dev.interdict.server.cli.failure;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.failures.FailureFilter;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.failures.FailureRow;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict failures list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists removals that need hands, the one that fails longest first.",
    footer = {
      "",
      "Examples:",
      "  interdict failures list --class file-in-use --owner nobody",
      "  interdict failures list --for P7D --output csv > failures.csv",
      "",
      "Exit codes: 0 listed, also where there is none; 2 not understood."
    })
public final class FailuresListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  @Option(names = "--rule", paramLabel = "RULE", description = "Only of this rule.")
  private @Nullable String rule;

  @Option(names = "--class", paramLabel = "CLASS", description = "Only of this class of errors.")
  private @Nullable String error;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Only those that NAME looks after; nobody for those without an owner.")
  private @Nullable String owner;

  @Option(names = "--department", paramLabel = "NAME", description = "Only of this department.")
  private @Nullable String department;

  @Option(names = "--os", paramLabel = "OS", description = "Only on this operating system.")
  private @Nullable String os;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Only those that have failed for longer, such as P7D.")
  private @Nullable Duration failingFor;

  @Option(
      names = "--state",
      paramLabel = "open|resolved|closed|all",
      defaultValue = "open",
      description = "Which to list (default: ${DEFAULT-VALUE}).")
  private String state = "open";

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many to list (default: ${DEFAULT-VALUE}).")
  private int most;

  public FailuresListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!Set.of("open", "resolved", "closed", "all").contains(state)) {
      throw new Failure(
          Exit.USAGE, "--state \"" + state + "\"; write open, resolved, closed or all");
    }
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var before = failingFor == null ? null : parts.clock().instant().minus(failingFor);
      var filter = FailureFilter.read(Scope.WHOLE, asked(), before);
      var queue = new FailureQueue(parts.database());
      var rows = queue.list(filter, most);
      if (output.forPrograms()) {
        output.rows(rows.stream().map(FailureView::json).toList(), FailureView.COLUMNS, console);
      } else {
        table(rows, queue, filter);
      }
      return Exit.OK;
    }
  }

  /// Options are names as they stand.
  private Asked asked() {
    var asked = new HashMap<String, List<String>>();
    asked.put("state", List.of(state.equals("all") ? "open,resolved,closed" : state));
    put(asked, "rule", rule);
    put(asked, "class", error);
    put(asked, "owner", owner);
    put(asked, "dept", department);
    put(asked, "os", os);
    return new Asked(asked);
  }

  private static void put(Map<String, List<String>> asked, String key, @Nullable String name) {
    if (name != null) {
      asked.put(key, List.of(Terms.written(name)));
    }
  }

  private void table(List<FailureRow> rows, FailureQueue queue, FailureFilter filter) {
    if (rows.isEmpty()) {
      console.line("No failure is like that.");
      return;
    }
    var table = new Table("DEVICE", "HOST", "RULE", "CLASS", "SINCE", "OWNER");
    for (var row : rows) {
      table.row(
          row.device().substring(0, 8),
          row.host(),
          row.rule(),
          row.error(),
          row.since() == null ? row.state().word() : Times.day(row.since()),
          row.owner() == null ? "-" : row.owner());
    }
    table.print(console);
    if (rows.size() == most) {
      console.line("Only the first " + most + "; see --most.");
    }
    console.blank();
    for (var one : queue.classes(filter)) {
      var devices = one.devices() == 1 ? "1 workstation" : one.devices() + " workstations";
      console.line(one.of().word() + ", " + devices + ": " + one.of().meaning());
      console.line("  " + one.of().next());
    }
  }
}
