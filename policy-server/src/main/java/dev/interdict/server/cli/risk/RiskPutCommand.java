package dev.interdict.server.cli.risk;

import dev.interdict.json.Fault;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.rule.RuleFiles;
import dev.interdict.server.cli.setup.Acting;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.draft.YamlFile.Reading;
import dev.interdict.server.risk.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict risk put`.
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an entry down, as the next version where there is one (role author or approver).",
      "The file is YAML: id (of a rule or a family), name, risk (low, medium, high or critical),"
          + " summary, evidence (links), reviewers, review (the day by which to look again), and,"
          + " where somebody answers for its rules, owner and contact."
    })
public final class RiskPutCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The entry.")
  private Path file = Path.of("");

  @Option(
      names = "--version-seen",
      paramLabel = "N",
      defaultValue = "0",
      description = "The version that you changed, as risk show prints it; 0 for a new entry.")
  private long seen;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "The account of who does this (default: your login name).")
  private @Nullable String actor;

  public RiskPutCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var entry = read();
    try (var open = RiskView.open(folder.ready(), console)) {
      var by = Acting.onFleet(open.parts(), actor == null ? console.user() : actor);
      if (!by.roles().contains(Role.AUTHOR) && !by.roles().contains(Role.APPROVER)) {
        throw new Failure(
            Exit.REFUSED, by.name() + " is no author or approver, and only these write entries");
      }
      var put =
          open.register()
              .put(by.name(), entry, seen)
              .orElseThrow(() ->
                  new Failure(
                      Exit.CONFLICT,
                      "the entry "
                          + entry.id()
                          + " has another version than "
                          + seen
                          + " by now; nothing was written. See: interdict risk show "
                          + entry.id()));
      if (output.forPrograms()) {
        output.print(RiskView.json(put), console);
      } else {
        open.show(put);
      }
      return Exit.OK;
    }
  }

  private Entry read() throws IOException {
    return switch (RuleFiles.read(List.of(file)).getFirst()) {
      case Reading.Malformed(var finding) ->
          throw new Failure(
              Exit.REFUSED, file + ":" + finding.at() + " is not understood: " + finding.message());
      case Reading.Read(var read) -> {
        var faults = new ArrayList<Fault>();
        var entry = Entry.read(read.json(), faults);
        if (!faults.isEmpty()) {
          throw new Failure(Exit.REFUSED, file + " is not understood: " + faults.getFirst());
        }
        yield entry;
      }
    };
  }
}
