package dev.interdict.server.store;

import dev.interdict.server.main.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Databases for tests, one to a folder: SQLite, or with `-Dinterdict.database=postgresql` ones on
/// a PostgreSQL server that is started for this process. No test opens a database by another way,
/// and so every one runs on both.
public final class TestingDatabase {
  /// Whether the tests run on PostgreSQL.
  public static final boolean IS_POSTGRES =
      "postgresql".equals(System.getProperty("interdict.database"));

  /// Where a process that a test started finds the database of its test.
  private static final String AT = "interdict.database.at";

  private static final Map<Path, Location> MADE = new ConcurrentHashMap<>();

  private TestingDatabase() {}

  /// Where the database of that folder is; its tables are up to date.
  public static Location in(Path folder) {
    var told = System.getProperty(AT);
    if (told != null) {
      var parts = told.split(" ", 3);
      return new Location.Postgres(PostgresUrl.of(parts[0]), parts[1], Path.of(parts[2]));
    }
    return IS_POSTGRES ? onServer(key(folder)) : new Location.File(folder.resolve("interdict.db"));
  }

  private static Location onServer(Path folder) {
    var made = MADE.get(folder);
    if (made != null) {
      return made;
    }
    var server = server();
    return MADE.computeIfAbsent(folder, _ -> server.fresh());
  }

  private static Path key(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  /// The server for one more database. It takes those of tests that are over back before: seven
  /// hundred of them are half a million files, which take a minute to delete when the process ends.
  private static PostgresServer server() {
    var server = PostgresServer.running();
    for (var folder : List.copyOf(MADE.keySet())) {
      if (Files.notExists(ofTest(folder))
          && MADE.remove(folder) instanceof Location.Postgres gone) {
        server.takeBack(gone);
      }
    }
    return server;
  }

  /// What JUnit deletes when the test of that folder is over: the folder may be made later than its
  /// database, and may come and go within the test.
  private static Path ofTest(Path folder) {
    var all = key(Path.of(System.getProperty("java.io.tmpdir")));
    return folder.startsWith(all) && !folder.equals(all)
        ? all.resolve(all.relativize(folder).getName(0))
        : folder;
  }

  /// The database of that folder, opened once more.
  public static Database open(Path folder) {
    return Database.open(made(folder));
  }

  /// Where the database of that folder is, which holds all tables, though nobody opened it yet: a
  /// copy of one takes a fraction of making them.
  private static Location made(Path folder) {
    var location = in(folder);
    if (location instanceof Location.File(var file) && Files.notExists(file)) {
      copyFile(Template.FILE, location);
    }
    return location;
  }

  /// A file with all tables and nothing in them, made once.
  private static final class Template {
    static final Path FILE = template();
  }

  private static Path template() {
    try {
      var folder = Files.createTempDirectory("interdict-tables");
      var file = folder.resolve("interdict.db");
      Database.open(new Location.File(file)).close();
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As if another version had made its tables.
  public static void forgetNewest(Database database) {
    var newest = database.version();
    database.write(connection ->
        Sql.update(connection, "delete from flyway_schema_history where version = ?", newest));
  }

  /// A server of that folder, on free ports.
  public static ServerConfig config(Path folder) {
    return ServerConfig.local(folder, 0, 0).with(made(folder));
  }

  /// The processes of the database server that runs for this process; none where the database is a
  /// file.
  public static List<Long> processes() {
    return IS_POSTGRES ? PostgresServer.running().processes() : List.of();
  }

  /// What a process is started with, so that it finds the database of that folder.
  public static List<String> javaOptions(Path folder) {
    return in(folder) instanceof Location.Postgres(var url, var user, var file)
        ? List.of("-D" + AT + "=" + url.written() + " " + user + " " + file)
        : List.of();
  }

  /// From now on that folder's database is there.
  public static void put(Path folder, Location location) {
    MADE.put(key(folder), location);
  }

  /// As [#initOptions], for a database without tables.
  public static List<String> emptyInitOptions(Path folder) {
    MADE.put(key(folder), server().empty());
    return initOptions(folder);
  }

  /// An empty database of the engine on which the tests do not run, for a server in that folder.
  public static Location other(Path folder) {
    return IS_POSTGRES
        ? new Location.File(folder.resolve("interdict.db"))
        : PostgresServer.running().empty();
  }

  /// What `interdict-server init` is started with for a server in that folder.
  public static List<String> initOptions(Path folder) {
    return options(in(folder));
  }

  /// What a server is made with whose database is there.
  public static List<String> options(Location location) {
    return location instanceof Location.Postgres(var url, var user, var file)
        ? List.of(
            "--database",
            url.written(),
            "--database-user",
            user,
            "--database-password-file",
            String.valueOf(file))
        : List.of();
  }

  /// Gives a folder a copy of another's database, which nobody may have open.
  public static void copy(Path from, Path to) {
    switch (in(from)) {
      case Location.Postgres(var url, _, _) -> MADE.put(key(to), server().copy(url.database()));
      case Location.File(var file) -> copyFile(file, in(to));
    }
  }

  private static void copyFile(Path from, Location to) {
    if (to instanceof Location.File(var file)) {
      try {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(from, file, StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Gives a server's folder that was copied a copy of the database too. Nobody may have the
  /// original's open.
  public static void copied(Path from, Path to) throws IOException {
    if (in(from) instanceof Location.Postgres(var url, _, _)) {
      var copy = server().copy(url.database());
      MADE.put(key(to), copy);
      var settings = to.resolve("server.yaml");
      var text = Files.readString(settings);
      Files.writeString(settings, text.replace(url.written(), copy.url().written()));
    }
  }
}
