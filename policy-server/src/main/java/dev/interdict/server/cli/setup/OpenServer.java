package dev.interdict.server.cli.setup;

import dev.interdict.server.access.Account;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.http.Tls;
import dev.interdict.server.main.AccessSettings;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.ServerConfig;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.server.publish.Succession;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Location;
import dev.interdict.server.store.StoreException;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens what lies in a server's folder, for commands and for the running server alike.
public final class OpenServer {
  private static final Logger LOG = LoggerFactory.getLogger(OpenServer.class);

  private OpenServer() {}

  /// The database with its slices.
  public static Parts parts(ServerFolder folder, Console console) {
    try {
      return parts(folder, Settings.read(folder).database(), console);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder.settings(), e);
    }
  }

  /// The same, with its database there, whatever settings there are.
  public static Parts parts(ServerFolder folder, Location database, Console console) {
    var config = ServerConfig.local(folder.path(), 0, 0).with(database);
    return parts(folder, config, console);
  }

  static Parts parts(ServerFolder folder, ServerConfig config, Console console) {
    var parts = Parts.open(config, console.random(), console.clock());
    StateVersion.note(folder, parts.database().version());
    return parts;
  }

  /// The same, to look alone: tables of another version are refused and not brought up to date.
  public static Parts partsToLookAt(ServerFolder folder, Location database, Console console) {
    var config = ServerConfig.local(folder.path(), 0, 0).with(database);
    return Parts.over(Database.openAsItIs(database), config, console.random(), console.clock());
  }

  /// The server's own keys, with what opens those of them that are under a passphrase; in line with
  /// what the repository trusts, also where the last change of keys was interrupted.
  public static Keyring keyring(ServerFolder folder, Settings settings, Console console)
      throws IOException {
    var keys =
        Keyring.open(
            folder.keys(), new ServerPassphrase(settings.keysPassphrase(), console.passphrases()));
    try {
      var plan = TrustPlan.of(Repository.read(folder.repository()));
      return Succession.finish(keys, plan).isEmpty() ? keys : keys.reopened();
    } catch (RepositoryException e) {
      // Said by whoever needs the repository.
      return keys;
    }
  }

  /// As [#keyring(ServerFolder, Settings, Console)], for a command that needs no other setting.
  public static Keyring keyring(ServerFolder folder, Console console) throws IOException {
    return keyring(folder, Settings.read(folder), console);
  }

  /// What the folder of signed files says, for whoever publishes nothing.
  public static Repository repository(ServerFolder folder, Keyring keys, Console console) {
    return Repository.open(
        folder.repository(), keys.online(), Expiries.STANDARD, signedTime(folder, console));
  }

  /// The signed repository, with the server's own keys.
  public static Repository repository(
      ServerFolder folder, Keyring keys, Parts parts, Console console) {
    return Repository.open(
            parts.signed(), keys.online(), Expiries.STANDARD, signedTime(folder, console))
        .witnessing(() -> head(parts));
  }

  private static Optional<LogHead> head(Parts parts) {
    try {
      var told = told(parts);
      if (told.isPresent() && !parts.audit().holds(told.get())) {
        // Else whoever cuts the log would have it vouched for within the hour.
        LOG.atError()
            .addKeyValue("entries", told.get().length())
            .log("the audit log is not the one that was signed before: interdict audit verify");
        return told;
      }
      return parts.audit().head();
    } catch (StoreException e) {
      // What is published may be a stop, which does not wait for a log.
      return Optional.empty();
    }
  }

  /// The head in the newest timestamp; empty where none can be read.
  private static Optional<LogHead> told(Parts parts) {
    try {
      return Optional.ofNullable(Repository.read(parts.signed()).timestamp().log());
    } catch (RepositoryException e) {
      return Optional.empty();
    }
  }

  /// The clock of everything that is signed here.
  public static SignedTime signedTime(ServerFolder folder, Console console) {
    return new SignedTime(console.clock(), folder.signedTime());
  }

  /// What publishes, over parts that are open.
  public static Publisher publisher(
      ServerFolder folder, Settings settings, Keyring keys, Parts parts, Console console) {
    return new Publisher(
        repository(folder, keys, parts, console),
        keys,
        new Publications(parts.database(), parts.audit(), console.clock()),
        settings.issuer());
  }

  /// The person in whose name a command acts: only people of an account do.
  ///
  /// @throws Failure if no such account may sign in
  public static Account account(Parts parts, String name) {
    return account(parts, name, "--actor");
  }

  /// The same, of an option that names them.
  public static Account account(Parts parts, String name, String option) {
    return parts.accounts().list().stream()
        .filter(account ->
            account.name().equals(name)
                && account.kind() != Account.Kind.BREAK_GLASS
                && account.usable(parts.clock().instant()))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                Exit.REFUSED,
                "no account \""
                    + name
                    + "\" may sign in, and only people of an account decide: name one with "
                    + option
                    + ", or make it with interdict-server account create"));
  }

  /// The one workstation that is meant by its id, the beginning of it, or its host name.
  ///
  /// @throws Failure if there is none, or more than one
  public static Cases.Named device(Parts parts, String text) {
    var found = new Cases(parts.database()).devices(text);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new Failure(
        Exit.FOUND,
        found.isEmpty()
            ? "no workstation \""
                + text
                + "\" is enrolled; write its id, at least 6 digits of it, or its host name"
            : "\""
                + text
                + "\" may be any of "
                + found.stream().map(Cases.Named::device).collect(Collectors.joining(", "))
                + "; write more of the id");
  }

  static ServerConfig config(ServerFolder folder, Settings settings) throws IOException {
    var address = InetAddress.getByName(settings.bind());
    return new ServerConfig(
        settings.database(),
        folder.repository(),
        new InetSocketAddress(address, settings.devicePort()),
        new InetSocketAddress(address, settings.adminPort()),
        tls(settings),
        new AccessSettings(
            folder.path().resolve(AccessSettings.SEALING_KEY), settings.proxies(), settings.oidc()),
        settings.silentAfter(),
        settings.sampleEvery(),
        settings.reports(),
        settings.outbound().events());
  }

  private static @Nullable Tls tls(Settings settings) throws IOException {
    return settings.tls() == null || settings.tlsPassword() == null
        ? null
        : tls(settings.tls(), settings.tlsPassword());
  }

  static Tls tls(Path store, Path passwordFile) throws IOException {
    return Tls.read(store, Files.readString(passwordFile).strip().toCharArray());
  }
}
