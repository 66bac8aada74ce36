package dev.interdict.server.cli.remote;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict report pack`.
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Writes evidence of a period into a new file: a report as PDF, the rows behind "
          + "it, the signed lists that were in force, and the part of the audit log that "
          + "proves them. Its README.txt says how to check each."
    },
    footer = {
      "",
      "Examples:",
      "  interdict report pack july.zip --rule claude-code --from 2026-07-01 --to 2026-07-31",
      "  interdict report pack q3.zip --from 2026-07-01 --to 2026-09-30 --tz Asia/Shanghai --lang"
          + " zh-CN",
      "",
      "Exit codes: 0 written, 1 the rule was not in force, 2 not understood, 3 cannot reach the",
      "server, 4 refused, 5 what is signed does not verify."
    })
public final class ReportPackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private RemoteOptions remote = new RemoteOptions();

  @Parameters(index = "0", paramLabel = "FILE", description = "A file that is not there yet.")
  private Path file = Path.of("");

  @Option(names = "--rule", paramLabel = "ID", description = "Of this rule; of all without.")
  private @Nullable String rule;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "The first day, such as 2026-07-01.")
  private String from = "";

  @Option(names = "--to", paramLabel = "DAY", required = true, description = "The last day.")
  private String to = "";

  @Option(
      names = "--tz",
      paramLabel = "ZONE",
      description = "The time zone in which days begin; the server's own without.")
  private @Nullable String zone;

  @Option(
      names = "--lang",
      paramLabel = "en|zh-CN",
      description = "The language of what people read in it; en without.")
  private @Nullable String language;

  public ReportPackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var query = new TreeMap<String, List<String>>();
    query.put("from", List.of(from));
    query.put("to", List.of(to));
    put(query, "rule", rule);
    put(query, "tz", zone);
    put(query, "lang", language);
    try (var server = remote.open(console);
        var in = server.open("/exports/audit-pack" + RemoteServer.query(query))) {
      var bytes = NewFile.write(in, file, console);
      console.line(bytes + " bytes written to " + file);
      return Exit.OK;
    }
  }

  private static void put(
      TreeMap<String, List<String>> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, List.of(value));
    }
  }
}
