package dev.interdict.server.cli.backup;

import dev.interdict.json.Json;
import dev.interdict.server.backup.Backup;
import dev.interdict.server.backup.Manifest;
import dev.interdict.server.cli.setup.DroppedFiles;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Disk;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.FreshFolder;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `interdict-server backup`.
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a backup into a new folder, while the server runs: all rows, the signed files, the"
          + " settings, and a manifest with their checksums. It leads to either kind of database.",
      "",
      "Private keys, passwords and the enrolment token's file are not in it, unless --with-keys"
          + " asks for the keys. It does hold what devices told, so keep it as you keep the"
          + " database.",
      "",
      "Example: interdict-server backup /backup/interdict-monday -d interdict-data"
    })
public final class BackupCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "TO", description = "The folder to make.")
  private Path to = Path.of("");

  @Option(
      names = "--with-keys",
      description =
          "Put the server's private keys in too: whoever reads the backup can then sign with them.")
  private boolean keys;

  public BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var ready = folder.ready();
    try (var parts = OpenServer.parts(ready, console)) {
      var backup =
          new Backup(
              parts.database(),
              parts.signed(),
              ready.path(),
              DroppedFiles.of(ready),
              console.clock());
      var made = made(backup);
      parts
          .database()
          .write(connection ->
              parts
                  .audit()
                  .append(
                      connection,
                      console.user(),
                      "server.backup",
                      String.valueOf(to.getFileName()),
                      Json.object().put("rows", rows(made)).put("keys", keys).build()));
      tell(made);
      return Exit.OK;
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "the signed files cannot be read: " + e.getMessage());
    }
  }

  private Manifest made(Backup backup) throws IOException, RepositoryException {
    // Half a backup restores nothing, and fills the disk.
    try (var fresh = FreshFolder.of(to, console);
        var progress = Progress.of(console, "beginning the backup")) {
      var made = backup.make(fresh.begin(), keys, what -> progress.at("writing " + what));
      fresh.keep(Manifest.NAME);
      return made;
    } catch (IOException e) {
      var why = Disk.failure(e);
      throw new Failure(
          why.code(), "no backup was made, and nothing is left of it: " + why.getMessage());
    }
  }

  private void tell(Manifest made) {
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("folder", to.toString())
              .put("tables", made.tables().size())
              .put("rows", rows(made))
              .put("files", made.files().size())
              .put("keys", keys)
              .build(),
          console);
      return;
    }
    console.field("Backup", to + ", " + rows(made) + " rows and " + made.files().size() + " files");
    console.field(
        "Keys", keys ? "in it: guard it as you guard them" : "not in it; keep a copy of keys/");
  }

  private static long rows(Manifest made) {
    return made.tables().stream().mapToLong(Manifest.Table::rows).sum();
  }
}
