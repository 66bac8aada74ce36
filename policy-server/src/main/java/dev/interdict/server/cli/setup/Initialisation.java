package dev.interdict.server.cli.setup;

import dev.interdict.offline.CodeKey;
import dev.interdict.policy.Stop;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.FreshFolder;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.cli.terminal.Progress;
import dev.interdict.server.exemptions.CodeKeyFile;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.keys.OwnTls;
import dev.interdict.server.main.Parts;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Keyring;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Location;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.Expiries;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Sets a server's folder up: keys, signed repository, database, first account, first token. The
/// settings are put there last and mark it whole; after a failure the folder is as it was.
public final class Initialisation {
  private static final Duration TOKEN_VALIDITY = Duration.ofDays(30);
  private static final long TOKEN_USES = 1000;

  /// Where a set-up writes, or what no server is without: empty before it.
  private static final List<String> MADE =
      List.of(
          "account",
          "enrolment_token",
          "audit",
          "stop_change",
          "signed_file",
          "code_key",
          "device");

  private final ServerFolder folder;
  private final Console console;

  public Initialisation(Path folder, Console console) {
    this.folder = new ServerFolder(folder);
    this.console = console;
  }

  /// The first account, and what stands in the settings.
  ///
  /// @param hosts for which the server makes itself a certificate; none for plain HTTP
  public record Wish(
      String admin,
      String password,
      String issuer,
      String url,
      Location database,
      List<String> hosts) {
    public Wish {
      hosts = List.copyOf(hosts);
    }

    /// The same while the folder is made elsewhere, where its file is then, too.
    private Wish in(Path partial) {
      return database instanceof Location.File
          ? new Wish(
              admin,
              password,
              issuer,
              url,
              new Location.File(new ServerFolder(partial).database()),
              hosts)
          : this;
    }
  }

  /// What came of it.
  ///
  /// @param pin the SHA-256 of the first root in hex, which agents are given at enrolment
  public record Made(ServerFolder folder, String pin, EnrolmentTokens.Created token) {}

  public Made run(Wish wish) throws IOException {
    try (var fresh = requireFree();
        var progress = Progress.of(console, "making signing keys")) {
      var partial = fresh.begin();
      var made = new Initialisation(partial, console).make(wish.in(partial), progress);
      fresh.keep(String.valueOf(folder.settings().getFileName()));
      return new Made(folder, made.pin(), made.token());
    }
  }

  private FreshFolder requireFree() throws IOException {
    var path = folder.path();
    if (Files.exists(folder.settings())) {
      throw new Failure(
          Exit.CONFLICT, path + " is set up already; run it with: interdict-server run " + path);
    }
    return FreshFolder.of(path, console);
  }

  private Made make(Wish wish, Progress progress) throws IOException {
    if (wish.database() instanceof Location.File(var file)) {
      // SQLite gives its journals the rights of this file.
      PrivateFile.write(file, "");
    }
    var keys = Keyring.create(folder.keys(), console.random());
    progress.at("making the database's tables");
    try (var parts = OpenServer.parts(folder, wish.database(), console)) {
      if (!isEmpty(parts.database())) {
        throw new Failure(
            Exit.CONFLICT, wish.database() + " holds a server already; choose an empty database");
      }
      progress.at("signing the first files");
      var pin = createRepository(keys, parts);
      try {
        progress.at("making the first account and token");
        return fill(wish, keys, parts, pin);
      } catch (IOException | RuntimeException e) {
        undo(parts.database());
        throw e;
      }
    }
  }

  /// Empties the tables of a database that was empty before this run made a repository there, which
  /// nobody else could do beside it: a second run is not to take what is left for another server.
  private void undo(Database database) {
    if (!database.isShared()) {
      // It is deleted as a file.
      return;
    }
    try {
      database.write(connection -> {
        for (var table : MADE) {
          Sql.update(connection, "delete from " + table);
        }
        return MADE.size();
      });
    } catch (StoreException e) {
      console.warn("what was begun in the database could not be removed; empty it by hand");
    }
  }

  private Made fill(Wish wish, Keyring keys, Parts parts, String pin) throws IOException {
    parts
        .accounts()
        .create(console.user(), wish.admin(), wish.password(), EnumSet.allOf(Role.class));
    var token =
        parts
            .tokens()
            .create(
                console.user(),
                new Placement("unassigned", "everyone", List.of()),
                TOKEN_VALIDITY,
                TOKEN_USES);
    PrivateFile.write(folder.token(), token.secret() + "\n");
    createCodeKey(parts);
    var text = Settings.text(wish.issuer(), wish.url(), DatabaseSetting.text(wish.database()));
    if (!wish.hosts().isEmpty()) {
      new OwnTls(folder.path()).make(wish.hosts(), console.random(), console.clock().instant());
    }
    PrivateFile.write(
        folder.settings(), wish.hosts().isEmpty() ? text : text.replace("# tls: {", "tls: {"));
    var settings = Settings.read(folder);
    var stop = new Stop(false, Set.of(), "Nothing is held.");
    var held =
        OpenServer.publisher(folder, settings, keys, parts, console)
            .brake()
            .change(console.user(), _ -> stop, Consent.NOBODY);
    if (held instanceof PublishOutcome.Refused(_, var reason)) {
      throw new Failure(Exit.TRUST, "the new repository refused its first file: " + reason);
    }
    return new Made(folder, pin, token);
  }

  private static boolean isEmpty(Database database) {
    return database.read(handle ->
        MADE.stream()
            .noneMatch(table ->
                handle
                    .createQuery("select 1 from " + table + " limit 1")
                    .mapTo(Integer.class)
                    .findFirst()
                    .isPresent()));
  }

  /// Published by the server when it first runs, so that devices know it before they need it.
  private void createCodeKey(Parts parts) throws IOException {
    var key = CodeKey.generate();
    PrivateFile.write(CodeKeyFile.in(folder.keys()), CodeKeyFile.text(key));
    parts
        .database()
        .write(connection -> {
          IssuedCodes.tell(connection, key, console.clock().instant());
          return key;
        });
  }

  private String createRepository(Keyring keys, Parts parts) {
    try {
      var plan = RepositoryPlan.small(keys.beginning(), Expiries.STANDARD);
      var clock = OpenServer.signedTime(folder, console);
      return sha256(Repository.create(parts.signed(), plan, clock).initialRoot());
    } catch (RepositoryException e) {
      throw new Failure(Exit.TRUST, "the new repository was refused: " + e.getMessage());
    }
  }

  /// SHA-256 in lower-case hex.
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
