package dev.interdict.server.cli.remote;

import dev.interdict.json.Fields;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict export`.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes one of the lists into a new file, whole.",
    footer = {
      "",
      "Examples:",
      "  interdict export devices devices.csv --filter rule=claude-code --filter state=present",
      "  interdict export audit audit.jsonl --format jsonl",
      "",
      "Exit codes: 0 written, 2 not understood, 3 cannot reach the server, 4 refused."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Parameters(
      index = "0",
      paramLabel = "LIST",
      description = {
        "devices, findings, exemptions, queue, rules, audit, or people: whose workstations still"
            + " have the software of --filter rule=RULE."
      })
  private What what = What.DEVICES;

  @Parameters(index = "1", paramLabel = "FILE", description = "A file that is not there yet.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl",
      defaultValue = "csv",
      description = "The form (default: ${DEFAULT-VALUE}).")
  private Format format = Format.CSV;

  @Option(
      names = "--filter",
      paramLabel = "NAME=VALUE",
      description =
          "As in the query of the list, such as dept=R&D, dept=!Finance, sort=-host or"
              + " cols=id,host. Repeatable, also with the same name.")
  private List<String> filter = List.of();

  /// What there is.
  enum What {
    DEVICES,
    FINDINGS,
    PEOPLE,
    EXEMPTIONS,
    QUEUE,
    RULES,
    AUDIT;

    private String path() {
      return "/exports/"
          + switch (this) {
            case QUEUE -> "queue-items";
            case RULES -> "published-rules";
            case DEVICES, FINDINGS, PEOPLE, EXEMPTIONS, AUDIT -> Fields.written(this);
          };
    }
  }

  /// As in the query.
  enum Format {
    CSV,
    JSONL
  }

  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var query = new TreeMap<String, List<String>>();
    for (var pair : filter) {
      var equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new Failure(Exit.USAGE, "--filter \"" + pair + "\"; write it as NAME=VALUE");
      }
      query
          .computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    query.put("format", List.of(Fields.written(format)));
    try (var server = remote.open(console);
        var in = server.open(what.path() + RemoteServer.query(query))) {
      var bytes = NewFile.write(in, file, console);
      console.line(bytes + " bytes written to " + file);
      return Exit.OK;
    }
  }
}
