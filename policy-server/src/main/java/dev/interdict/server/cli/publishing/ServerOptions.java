package dev.interdict.server.cli.publishing;

import dev.interdict.server.cli.setup.Initialisation;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of commands that change what a server publishes, and the server that they open.
public final class ServerOptions {
  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who does this, for the audit log (default: your login name).")
  private @Nullable String actor;

  /// What such a command works with; whoever opened it closes the parts.
  ///
  /// @param pin SHA-256 of the first root in hex
  public record Opened(
      ServerFolder folder,
      Parts parts,
      Keyring keys,
      Repository repository,
      Publications publications,
      String issuer,
      String pin,
      String actor) {}

  /// Opens the server's folder.
  public Opened open(Console console) throws IOException {
    var ready = folder.ready();
    var settings = Settings.read(ready);
    var keys = OpenServer.keyring(ready, settings, console);
    var parts = OpenServer.parts(ready, console);
    try {
      var repository = OpenServer.repository(ready, keys, parts, console);
      return new Opened(
          ready,
          parts,
          keys,
          repository,
          new Publications(parts.database(), parts.audit(), console.clock()),
          settings.issuer(),
          pin(repository),
          actor == null ? console.user() : actor);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static String pin(Repository repository) {
    try {
      return Initialisation.sha256(repository.initialRoot());
    } catch (RepositoryException e) {
      throw new Failure(
          Exit.TRUST,
          "the signed repository does not verify, agents would refuse it: " + e.getMessage());
    }
  }
}
