package dev.interdict.server.cli.backup;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.fleet.Recount;
import dev.interdict.server.main.Parts;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `interdict-server check`.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 all is well, 1 something is not and was named, 2 not understood."},
    description = {
      "Looks whether what the server keeps is sound, while it runs: the database's pages and"
          + " indexes (SQLite), the audit log's chain, the counters against what they count, and"
          + " the signed files as agents see them. Changes nothing.",
      "",
      "Example: interdict-server check -d interdict-data"
    })
public final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var database = look("the database", () -> parts.database().faults());
      var audit = look("the audit log", () -> audit(parts));
      var counters = look("the counters", () -> Recount.differences(parts.database()));
      var signed = look("the signed files", () -> signed(parts));
      if (output.forPrograms()) {
        output.print(
            Json.object()
                .put("database", Json.texts(database))
                .put("audit", Json.texts(audit))
                .put("counters", Json.texts(counters))
                .put("signed", Json.texts(signed))
                .build(),
            console);
      } else {
        tell("Database", database);
        tell("Audit log", audit);
        tell("Counters", counters);
        tell("Signed", signed);
      }
      var all = new ArrayList<>(database);
      all.addAll(audit);
      all.addAll(counters);
      all.addAll(signed);
      return all.isEmpty() ? Exit.OK : Exit.FOUND;
    }
  }

  private List<String> look(String at, Supplier<List<String>> looking) {
    try (var _ = Progress.of(console, "looking at " + at)) {
      return looking.get();
    }
  }

  private static List<String> audit(Parts parts) {
    return parts.audit().verify() instanceof Verification.Broken(var seq, var why)
        ? List.of("entry " + seq + " " + why)
        : List.of();
  }

  private static List<String> signed(Parts parts) {
    try {
      Repository.read(parts.signed());
      return List.of();
    } catch (RepositoryException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private void tell(String what, List<String> found) {
    console.field(what, found.isEmpty() ? "sound" : console.red(found.getFirst()));
    found.stream().skip(1).forEach(each -> console.field("", each));
  }
}
