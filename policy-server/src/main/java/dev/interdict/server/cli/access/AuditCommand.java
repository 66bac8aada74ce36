package dev.interdict.server.cli.access;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.main.Parts;
import dev.interdict.trust.WitnessedHeads;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.Timestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Holds the commands below `audit`.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Shows the audit log, and whether it is as it was written.")
public final class AuditCommand extends Group {

  /// `audit verify`.
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Follows the chain from its first entry and names the first that does not fit. That a tail"
            + " was cut off, or the log written anew, shows against a head that was kept elsewhere:"
            + " in the signed timestamp of this server, in one of a device or a mirror"
            + " (--timestamp), in what a device remembers of months (--witness), or on paper"
            + " (--head).",
        "",
        "Example: interdict audit verify",
        "Example: interdict audit verify --timestamp /mnt/mirror/timestamp.json",
        "Example: interdict audit verify --witness log-heads.json",
        "Example: interdict audit verify --head 1204:5f0c..."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the log is as it was written",
        "1:an entry was changed, removed or put in, or the tail is missing",
        "2:not understood"
      })
  public static final class Verify implements Callable<Integer> {
    private static final Pattern HEAD = Pattern.compile("([1-9][0-9]{0,14}):([0-9a-f]{64})");

    private static final long LARGEST = 64 << 10;

    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private Output output = new Output();

    @Option(
        names = "--head",
        paramLabel = "LENGTH:HASH",
        description = "A head that this command printed before: what it stood for must be there.")
    private @Nullable String head;

    @Option(
        names = "--timestamp",
        paramLabel = "FILE",
        description = "A timestamp.json of a device or a mirror; repeat it for several.")
    private List<Path> timestamps = List.of();

    @Option(
        names = "--witness",
        paramLabel = "FILE",
        description =
            "What a device saw of the log: log-heads.json of its folder; repeat it for several.")
    private List<Path> witnesses = List.of();

    public Verify(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var ready = folder.ready();
      var heads = new ArrayList<LogHead>();
      if (head != null) {
        heads.add(written(head));
      }
      for (var file : timestamps) {
        var told = head(file);
        if (told == null) {
          throw new Failure(Exit.USAGE, file + " tells nothing of an audit log");
        }
        heads.add(told);
      }
      for (var file : witnesses) {
        heads.addAll(witnessed(file));
      }
      try (var parts = OpenServer.parts(ready, console)) {
        // Signed at most an hour ago, and known to every device since.
        var own = ready.repository().resolve("timestamp.json");
        var told = Files.exists(own) ? head(own) : null;
        if (told != null) {
          heads.add(told);
        }
        return show(verified(parts, heads));
      }
    }

    private Verification verified(Parts parts, List<LogHead> heads) {
      try (var _ = Progress.of(console, "reading the audit log")) {
        return parts.audit().verify(heads);
      }
    }

    private static LogHead written(String text) {
      var matcher = HEAD.matcher(text);
      if (!matcher.matches()) {
        throw new Failure(Exit.USAGE, "--head is LENGTH:HASH, as this command prints it");
      }
      return new LogHead(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static List<LogHead> witnessed(Path file) throws IOException {
      if (Files.size(file) > WitnessedHeads.MOST_BYTES) {
        throw new Failure(Exit.USAGE, file + " is no log-heads.json of a device");
      }
      try {
        return WitnessedHeads.read(Files.readAllBytes(file)).heads().stream()
            .map(WitnessedHeads.Seen::head)
            .toList();
      } catch (JsonException e) {
        throw new Failure(
            Exit.USAGE, file + " is no log-heads.json of a device: " + e.getMessage());
      }
    }

    private static @Nullable LogHead head(Path file) throws IOException {
      if (Files.size(file) > LARGEST) {
        throw new Failure(Exit.USAGE, file + " is no timestamp.json");
      }
      try {
        return Timestamp.read(Files.readAllBytes(file)).log();
      } catch (RepositoryException e) {
        throw new Failure(Exit.USAGE, file + " is no timestamp.json: " + e.getMessage());
      }
    }

    private int show(Verification verification) {
      switch (verification) {
        case Verification.Intact(var length, var hash) -> {
          if (output.forPrograms()) {
            output.print(
                Json.object().put("intact", true).put("length", length).put("head", hash).build(),
                console);
          } else {
            console.line("The log is as it was written: " + length + " entries.");
            console.field("Head", length + ":" + hash);
          }
          return Exit.OK;
        }
        case Verification.Broken(var seq, var why) -> {
          if (output.forPrograms()) {
            output.print(
                Json.object().put("intact", false).put("entry", seq).put("why", why).build(),
                console);
          } else {
            console.line(console.red("Entry " + seq + ": " + why + "."));
          }
          return Exit.FOUND;
        }
      }
    }
  }

  /// `audit tail`.
  @Command(
      name = "tail",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the newest entries, the last at the end.",
        "",
        "Example: interdict audit tail --lines 100 --output json"
      })
  public static final class Tail implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();
    @Mixin private ListOutput output = new ListOutput();

    @Option(
        names = {"-n", "--lines"},
        paramLabel = "N",
        defaultValue = "20",
        description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int lines;

    public Tail(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      if (lines < 1 || lines > 1000) {
        throw new Failure(Exit.USAGE, "--lines is 1 to 1000");
      }
      try (var parts = OpenServer.parts(folder.ready(), console)) {
        var entries = parts.audit().newest(Long.MAX_VALUE, lines).reversed();
        if (output.forPrograms()) {
          output.rows(entries.stream().map(Tail::json).toList(), console);
          return Exit.OK;
        }
        var table = new Table("SEQ", "AT", "ACTOR", "ACTION", "OBJECT", "DETAIL").right("SEQ");
        for (var entry : entries) {
          table.row(
              entry.seq(),
              Times.minutes(entry.at()),
              entry.actor(),
              entry.action(),
              entry.object(),
              entry.detail());
        }
        table.print(console);
        return Exit.OK;
      }
    }

    private static Json json(AuditEntry entry) {
      return Json.object()
          .put("seq", entry.seq())
          .put("at", entry.at().toString())
          .put("actor", entry.actor())
          .put("action", entry.action())
          .put("object", entry.object())
          .put("detail", entry.detail())
          .put("hash", entry.hash())
          .build();
    }
  }
}
