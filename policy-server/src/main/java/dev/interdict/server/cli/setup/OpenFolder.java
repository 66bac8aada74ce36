package dev.interdict.server.cli.setup;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.ServerConfig;
import dev.interdict.server.publish.KeyRole;
import dev.interdict.server.publish.LiveKeys;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.util.function.Supplier;

/// A server's folder with what is open of it, to run a server out of. Whoever has it closes the
/// parts. Thread-safe.
record OpenFolder(
    ServerFolder folder,
    Settings settings,
    Console console,
    LiveKeys live,
    SignedTime clock,
    ServerConfig config,
    Parts parts) {

  /// Opens a folder that is set up.
  ///
  /// @throws dev.interdict.server.cli.terminal.Failure if it cannot, in words for whoever typed the
  ///   command
  static OpenFolder of(ServerFolder folder, Settings settings, Console console) throws IOException {
    var live = new LiveKeys(OpenServer.keyring(folder, settings, console));
    live.get().need(KeyRole.TIME);
    var clock = OpenServer.signedTime(folder, console);
    // Found only when something is signed, it would leave devices with a stale policy.
    clock.instant();
    var config = OpenServer.config(folder, settings);
    var parts = OpenServer.parts(folder, config, console);
    return new OpenFolder(folder, settings, console, live, clock, config, parts);
  }

  /// The signed repository, with the server's own keys.
  Repository repository() {
    return OpenServer.repository(folder, live.get(), parts, console);
  }

  Publications publications() {
    return new Publications(parts.database(), parts.audit(), parts.clock());
  }

  /// What publishes with the keys that are trusted at that moment.
  Supplier<Publisher> publisher(Repository repository) {
    var publications = publications();
    return () -> {
      try {
        var keys = live.in(repository.state());
        return new Publisher(repository.with(keys.online()), keys, publications, settings.issuer());
      } catch (RepositoryException e) {
        throw new IllegalStateException("the signed repository does not verify", e);
      }
    };
  }
}
