package dev.interdict.server.cli.support;

import dev.interdict.json.Json;
import dev.interdict.server.cli.doctor.Answer;
import dev.interdict.server.cli.doctor.Examination;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirParameter;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.setup.SettingsSheet;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.outbound.Outbound;
import dev.interdict.support.Bundle;
import dev.interdict.support.FileList;
import dev.interdict.support.Redaction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict-server support-bundle`.
@Command(
    name = "support-bundle",
    mixinStandardHelpOptions = true,
    description = {
      "Writes one file (ZIP) for whoever helps: what doctor says, versions, settings, the names"
          + " and sizes of files, how many rows tables have, what went wrong last, and a log that"
          + " is named. Secrets, and names of people, machines and addresses are taken out;"
          + " manifest.json in it says how many. Look into it before you give it to somebody.",
      "",
      "Example:",
      "  journalctl -u interdict-server --since -2d > /tmp/server.log",
      "  interdict-server support-bundle /var/lib/interdict/server --log /tmp/server.log"
    },
    footer = {
      "",
      "Exit codes: 0 written; 1 written without the log and what the database knows, which could"
          + " not be read; 2 no server there; 6 the file is there already."
    })
public final class SupportBundleCommand implements Callable<Integer> {
  private static final int MOST_LOG = 4 << 20;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'interdict-server-'uuuuMMdd-HHmmss'.zip'");

  private final Console console;

  @Mixin private ServerDirParameter folder = new ServerDirParameter();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to; must not be there yet (default: interdict-server-TIME.zip here).")
  private @Nullable Path output;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "The server's log, of which the last 4 MiB are put in.")
  private @Nullable Path log;

  public SupportBundleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ready = folder.ready();
    var now = console.clock().instant();
    var to = output == null ? Path.of(NAME.format(now.atOffset(ZoneOffset.UTC))) : output;
    var answers = new Examination(ready, console, false).answers();
    var redaction = new Redaction();
    var tables = Json.object();
    var trouble = Json.object();
    var notHad = "";
    try (var parts = OpenServer.partsToLookAt(ready, Settings.read(ready).database(), console)) {
      Known.of(parts, redaction);
      Tables.count(parts, tables);
      Tables.trouble(parts, trouble);
    } catch (RuntimeException | IOException e) {
      notHad = String.valueOf(e.getMessage());
    }
    var bundle = new Bundle("interdict-server " + version(), now, redaction);
    bundle.json("version.json", versions());
    bundle.json(
        "doctor.json",
        Json.object().put("answers", answers.stream().map(Answer::json).toList()).build());
    settings(ready, bundle);
    if (!notHad.isEmpty()) {
      bundle.missing(
          "tables.json", "so names that only the database knows may stand in: " + notHad);
    }
    bundle.json("tables.json", tables.build());
    bundle.json("trouble.json", trouble.build());
    bundle.text("files.txt", FileList.of(ready.path(), Set.of("targets")));
    if (notHad.isEmpty()) {
      log(bundle);
    } else {
      bundle.missing(
          "log.txt",
          "without the database nobody knows which names of people and machines stand in it");
    }
    try {
      bundle.write(to);
    } catch (FileAlreadyExistsException e) {
      throw new Failure(Exit.CONFLICT, to + " is there already; choose another name");
    }
    console.field("Bundle", to.toAbsolutePath().normalize().toString());
    console.field("Taken out", taken(redaction));
    if (!notHad.isEmpty()) {
      console.field("Database", "not read: " + notHad);
      console.field("Log", "left out: its names of people and machines could not be taken out");
    } else if (log == null) {
      console.field("Log", "none in it; add one with --log, see --help");
    }
    return notHad.isEmpty() ? Exit.OK : Exit.FOUND;
  }

  private static void settings(ServerFolder folder, Bundle bundle) {
    try {
      var told = Json.object();
      SettingsSheet.of(Settings.read(folder)).forEach(one -> told.put(one.name(), one.value()));
      bundle.json("settings.json", told.build());
    } catch (IOException | RuntimeException e) {
      bundle.missing("settings.json", String.valueOf(e.getMessage()));
    }
  }

  private void log(Bundle bundle) throws IOException {
    if (log == null) {
      bundle.missing("log.txt", "none was named");
      return;
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - MOST_LOG));
      var bytes = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(bytes);
      bundle.text("log.txt", new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static String taken(Redaction redaction) {
    var all = redaction.taken().values().stream().mapToInt(Integer::intValue).sum();
    return all + " names and secrets; see manifest.json in it";
  }

  private static Json versions() {
    return Json.object()
        .put("server", version())
        .put("java", Runtime.version().toString())
        .put("system", System.getProperty("os.name", ""))
        .put("system-version", System.getProperty("os.version", ""))
        .put("architecture", System.getProperty("os.arch", ""))
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("most-memory-mib", Runtime.getRuntime().maxMemory() >> 20)
        .build();
  }

  private static String version() {
    var version = SupportBundleCommand.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /// Names that the database knows.
  private static final class Known {
    static void of(Parts parts, Redaction redaction) throws IOException {
      parts.accounts().list().forEach(one -> redaction.name(Redaction.Kind.USER, one.name()));
      redaction.name(Redaction.Kind.HOST, Outbound.host());
      redaction.names(Redaction.Kind.HOST, column(parts, "select distinct host from device"));
      redaction.names(
          Redaction.Kind.HOST, column(parts, "select distinct host from expected_device"));
      redaction.names(
          Redaction.Kind.USER, column(parts, "select distinct person from expected_device"));
    }

    private static Iterable<String> column(Parts parts, String query) {
      return parts
          .database()
          .read(handle ->
              handle.createQuery(query).mapTo(String.class).stream()
                  .filter(name -> name != null)
                  .toList());
    }
  }
}
