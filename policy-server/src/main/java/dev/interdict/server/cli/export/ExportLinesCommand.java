package dev.interdict.server.cli.export;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.compliance.FindingFilter;
import dev.interdict.server.compliance.FindingRow;
import dev.interdict.server.compliance.Findings;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Links;
import dev.interdict.server.main.Parts;
import dev.interdict.server.ocsf.Ocsf;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-server export`.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what happened, or what is installed now, as lines of JSON on standard output.",
      "In the Open Cybersecurity Schema Framework (OCSF "
          + Ocsf.SCHEMA
          + "), or as webhooks tell it."
    },
    footer = {
      "",
      "Examples:",
      "  interdict-server export events --format ocsf > events.jsonl",
      "  interdict-server export events --since 2026-07-01T00:00:00Z",
      "  interdict-server export findings --format ocsf > inventory.jsonl",
      "",
      "Exit codes: 0 done, 2 not understood."
    })
public final class ExportLinesCommand implements Callable<Integer> {
  private static final int BATCH = 1_000;

  private final Console console;

  @Mixin private ServerDirOption server = new ServerDirOption();

  @Parameters(
      paramLabel = "events|findings",
      description = "What happened, or the banned software that is there now.")
  private String what = "";

  @Option(
      names = "--format",
      paramLabel = "ocsf|json",
      defaultValue = "ocsf",
      description = "How each line is written (default: ${DEFAULT-VALUE}).")
  private String format = "";

  @Option(names = "--since", paramLabel = "INSTANT", description = "Events from then on only.")
  private @Nullable String since;

  public ExportLinesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!format.equals("ocsf") && !format.equals("json")) {
      throw new Failure(Exit.USAGE, "--format is ocsf or json");
    }
    var folder = server.ready();
    var settings = Settings.read(folder);
    var ocsf = Ocsf.ours();
    try (var parts = OpenServer.parts(folder, settings.database(), console)) {
      switch (what) {
        case "events" -> events(parts, ocsf, new Links(settings.outbound().console()));
        case "findings" -> findings(parts, ocsf);
        default -> throw new Failure(Exit.USAGE, "write events or findings");
      }
    } catch (DateTimeException e) {
      throw new Failure(Exit.USAGE, "--since wants an instant such as 2026-07-09T00:00:00Z");
    }
    return Exit.OK;
  }

  private void line(Json json) {
    console.out().println(JsonWriter.line(json));
  }

  private void events(Parts parts, Ocsf ocsf, Links links) {
    var from = since == null ? Instant.EPOCH : Instant.parse(since);
    var log = new EventLog(parts.database());
    for (var seq = 0L; ; ) {
      var batch = log.after(seq, BATCH);
      if (batch.isEmpty()) {
        return;
      }
      for (var event : batch) {
        if (!event.at().isBefore(from)) {
          var link = links.of(event);
          line(format.equals("ocsf") ? ocsf.event(event, link) : event.json(link));
        }
      }
      seq = batch.getLast().seq();
    }
  }

  private void findings(Parts parts, Ocsf ocsf) {
    var findings = new Findings(parts.database());
    for (Findings.@Nullable Cursor after = null; ; ) {
      var rows = findings.list(FindingFilter.ALL, after, BATCH);
      if (rows.isEmpty()) {
        return;
      }
      rows.forEach(row -> line(json(row, ocsf)));
      var last = rows.getLast();
      after = new Findings.Cursor(last.device(), last.rule(), last.n());
    }
  }

  private Json json(FindingRow row, Ocsf ocsf) {
    return format.equals("ocsf")
        ? ocsf.installed(
            row.device(),
            row.host(),
            row.os(),
            row.rule(),
            row.identity(),
            row.version(),
            row.heard())
        : Json.object()
            .put("device", row.device())
            .put("host", row.host())
            .put("os", row.os())
            .put("rule", row.rule())
            .put("software", row.identity())
            .put("version", row.version())
            .put("heard", row.heard().toString())
            .build();
  }
}
