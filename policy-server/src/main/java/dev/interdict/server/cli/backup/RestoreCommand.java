package dev.interdict.server.cli.backup;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Verification;
import dev.interdict.server.backup.DamagedException;
import dev.interdict.server.backup.Manifest;
import dev.interdict.server.backup.Restoration;
import dev.interdict.server.cli.setup.DatabaseSetting;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.FreshFolder;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.fleet.NameIndex;
import dev.interdict.server.fleet.Recount;
import dev.interdict.server.main.Parts;
import dev.interdict.server.store.Location;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-server restore`.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a server of a backup, in a new folder and an empty database. All of the backup is"
          + " checked first, and nothing is ever overwritten.",
      "",
      "Devices may hold lists that were published after the backup was made. So the server"
          + " publishes nothing before somebody has looked, once workstations were in contact: see"
          + " interdict recover. Everything can be held at once.",
      "",
      "Example: interdict-server restore /backup/interdict-monday interdict-data"
    })
public final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DatabaseSetting database = new DatabaseSetting();

  @Option(
      names = "--nothing-since",
      description =
          "Nothing was published after this backup was made, as when a server moves: go on at once"
              + " under the next numbers.")
  private boolean nothingSince;

  @Parameters(index = "0", paramLabel = "FROM", description = "The folder with the backup.")
  private Path from = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ServerFolder.DEFAULT,
      description = "The server's folder to make (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(ServerFolder.DEFAULT);

  public RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    tell(restored());
    return Exit.OK;
  }

  private Manifest restored() throws IOException {
    try (var fresh = FreshFolder.of(folder, console);
        var progress = Progress.of(console, "checking the backup")) {
      var restoration = Restoration.of(from);
      var to = new ServerFolder(fresh.begin());
      make(restoration, to, database.in(to), progress);
      fresh.keep(String.valueOf(to.settings().getFileName()));
      return restoration.manifest();
    } catch (DamagedException e) {
      throw new Failure(Exit.TRUST, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "the signed files do not verify: " + e.getMessage());
    }
  }

  private void make(Restoration restoration, ServerFolder to, Location location, Progress progress)
      throws IOException, RepositoryException {
    if (location instanceof Location.File(var file)) {
      PrivateFile.write(file, "");
    }
    var filling = new AtomicBoolean();
    var whole = false;
    try {
      restoration.fill(
          location,
          what -> {
            filling.set(true);
            progress.at("filling " + what);
          });
      progress.at("opening what was filled");
      try (var parts = OpenServer.parts(to, location, console)) {
        restoration.sign(parts.signed());
        progress.at("listing names for the search");
        NameIndex.fill(parts.database());
        progress.at("checking what was filled");
        check(parts);
        files(restoration, to, location);
        if (!nothingSince) {
          parts.setback().restored(console.clock().instant());
        }
        record(parts, restoration.manifest());
      }
      whole = true;
    } finally {
      // A file goes with its folder. A database that was refused, as one that is not empty, was not
      // begun: nobody is to be told to empty that.
      if (!whole && filling.get() && !(location instanceof Location.File)) {
        progress.warn(location + " holds what was filled until then; empty it before the next try");
      }
    }
  }

  private void record(Parts parts, Manifest manifest) {
    parts
        .database()
        .write(connection ->
            parts
                .audit()
                .append(
                    connection,
                    console.user(),
                    "server.restore",
                    String.valueOf(from.getFileName()),
                    Json.object()
                        .put("made", manifest.made().toString())
                        .put("rows", rows(manifest))
                        .put("nothing-since", nothingSince)
                        .build()));
  }

  /// That it is one server's, whole: before the settings are written, by which it can be run.
  private static void check(Parts parts) throws RepositoryException {
    Repository.read(parts.signed());
    if (parts.audit().verify() instanceof Verification.Broken(var seq, var why)) {
      throw new Failure(Exit.TRUST, "entry " + seq + " of the audit log " + why);
    }
    var differences = Recount.differences(parts.database());
    if (!differences.isEmpty()) {
      throw new Failure(Exit.TRUST, differences.getFirst());
    }
  }

  private static void files(Restoration restoration, ServerFolder to, Location location)
      throws IOException {
    for (var name : restoration.folderFiles()) {
      var file = to.path().resolve(name);
      var parent = file.getParent();
      if (parent != null) {
        PrivateFile.folder(parent);
      }
      PrivateFile.write(file, new String(restoration.folderFile(name), StandardCharsets.UTF_8));
    }
    var settings = new String(restoration.settings(), StandardCharsets.UTF_8);
    PrivateFile.write(to.settings(), DatabaseSetting.replaced(settings, location));
  }

  private void tell(Manifest manifest) {
    console.field("Server", folder + ", as it was at " + manifest.made());
    if (!Files.exists(new ServerFolder(folder).keys())) {
      console.field("Keys", "not in the backup: bring the folder keys/ there before you start it");
    }
    console.field("Start it", "interdict-server run " + folder);
    if (!nothingSince) {
      console.field("Then", "interdict recover -d " + folder + ", before anything is published");
    }
  }

  private static long rows(Manifest made) {
    return made.tables().stream().mapToLong(Manifest.Table::rows).sum();
  }
}
