package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.store.Location;
import dev.interdict.server.store.PostgresUrl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The setting `database`: absent for SQLite in the server's folder. Also as options, for the
/// command that writes the settings.
public final class DatabaseSetting {
  private static final String USER = "interdict";

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Keep everything in this PostgreSQL database, which is there and empty, rather than in"
              + " a file: jdbc:postgresql://HOST[:PORT]/NAME")
  private @Nullable String url;

  @Option(
      names = "--database-user",
      paramLabel = "NAME",
      defaultValue = USER,
      description = "Whose tables they are there (default: ${DEFAULT-VALUE}).")
  private String user = USER;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "A file that only you can read, whose first line is the password.")
  private @Nullable Path passwordFile;

  /// Reads it from the settings; relative places are below the server's folder.
  static Location read(@Nullable Fields fields, ServerFolder folder) {
    if (fields == null) {
      return new Location.File(folder.database());
    }
    var url = fields.parsed("url", PostgresUrl::of, PostgresUrl.LOCAL);
    var user = fields.optionalText("user");
    var file = fields.optionalText("password-file");
    fields.end();
    return new Location.Postgres(
        url, user == null ? USER : user, file == null ? null : folder.path().resolve(file));
  }

  /// Where the options say, or in the folder.
  public Location in(ServerFolder folder) {
    if (url == null) {
      if (passwordFile != null) {
        throw new Failure(Exit.USAGE, "--database-password-file goes with --database");
      }
      return new Location.File(folder.database());
    }
    try {
      return new Location.Postgres(
          PostgresUrl.of(url),
          user,
          passwordFile == null ? null : passwordFile.toAbsolutePath().normalize());
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, "--database " + e.getMessage());
    }
  }

  /// Settings that name this database, whatever they named before.
  public static String replaced(String settings, Location location) {
    // A setting goes on for as long as lines are indented.
    var rest = settings.replaceAll("(?m)^database:.*\\R(?:[ \\t]+.*\\R)*", "");
    return location instanceof Location.Postgres ? rest + text(location) : rest;
  }

  /// The lines of the settings that say so.
  static String text(Location location) {
    if (!(location instanceof Location.Postgres postgres)) {
      return """
      # Everything is kept in interdict.db, in this folder. For two servers, or a database that is
      # backed up with others, PostgreSQL (the file with its password is yours alone):
      # database: {url: 'jdbc:postgresql://db.example.com/interdict', user: interdict, password-file: database.password}
      """;
    }
    var file = postgres.passwordFile();
    return "database:\n  url: %s\n  user: %s\n%s"
        .formatted(
            Settings.quoted(postgres.url().written()),
            Settings.quoted(postgres.user()),
            file == null ? "" : "  password-file: " + Settings.quoted(file.toString()) + "\n");
  }
}
