package dev.interdict.server.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of Debian's package in a throw-away folder, on a free port of the loopback
/// address. Ends with this process at the latest.
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "interdict";
  private static final String PASSWORD = "no secret, it guards a test";
  private static final String TEMPLATE = "with_tables";
  private static final Path ON_DISK = Path.of(System.getProperty("java.io.tmpdir"));
  private static final Path IN_MEMORY = Path.of("/dev/shm");
  private static final long ROOM = 4L << 30;
  private static final Duration START = Duration.ofSeconds(60);

  private static @Nullable PostgresServer running;

  private final Path bin;
  private final Path folder;
  private final Path passwordFile;
  private final int port;
  private final boolean durable;
  private final AtomicInteger databases = new AtomicInteger();
  private final Emptied emptied;
  private @Nullable Process process;
  private @Nullable Connection admin;

  private PostgresServer(Path bin, boolean durable) {
    this.bin = bin;
    this.durable = durable;
    try {
      folder = Files.createTempDirectory(durable ? ON_DISK : quickest(), "postgres");
      passwordFile = Files.createFile(folder.resolve("password"), OWNER);
      Files.writeString(passwordFile, PASSWORD + "\n");
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
      initialise();
      start();
      emptied = template();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final java.nio.file.attribute.FileAttribute<?> OWNER =
      java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
          java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));

  /// The one server of this process. It waits for no disk: it makes databases of hundreds of files,
  /// and what a killed process loses is the same. It knows the password by MD5: to prove it by
  /// SCRAM for each of thousands of connections was a third of what all tests took. The test is
  /// left out where there is no PostgreSQL.
  public static synchronized PostgresServer running() {
    if (running == null) {
      running = new PostgresServer(installed(), false);
    }
    return running;
  }

  /// A server of its own that writes as durably as a real one and hears of no password, for a test
  /// that kills it.
  public static PostgresServer separate() {
    return new PostgresServer(installed(), true);
  }

  /// Files that come and go by thousands cost less where no journal is kept of them.
  private static Path quickest() throws IOException {
    return Files.isWritable(IN_MEMORY) && Files.getFileStore(IN_MEMORY).getUsableSpace() > ROOM
        ? IN_MEMORY
        : ON_DISK;
  }

  private static Path installed() {
    var bin = newest();
    assumeTrue(bin != null, "needs PostgreSQL: no /usr/lib/postgresql/VERSION/bin/initdb");
    assumeTrue(
        !isRoot() || Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "needs setpriv (util-linux): PostgreSQL does not run as root");
    return bin;
  }

  private static @Nullable Path newest() {
    var versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return null;
    }
    try (var found = Files.list(versions)) {
      return found
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString))
          .orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void initialise() throws IOException {
    var handed = folder.resolve("first-password");
    Files.writeString(handed, PASSWORD + "\n");
    var data = Files.createDirectory(folder.resolve("data"));
    if (isRoot()) {
      var user = folder.getFileSystem().getUserPrincipalLookupService();
      for (var path : List.of(data, handed)) {
        Files.setOwner(path, user.lookupPrincipalByName(account()));
      }
      // Others may pass through, to what is theirs.
      Files.setPosixFilePermissions(
          folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
    }
    run(
        command(
            "initdb",
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=" + (durable ? "scram-sha-256" : "md5"),
            "--pwfile=" + handed,
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
  }

  /// Whom PostgreSQL runs as: it refuses to run as root.
  private static String account() throws IOException {
    return Files.readString(Path.of("/etc/passwd")).contains("\npostgres:") ? "postgres" : "nobody";
  }

  private List<String> command(String program, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + account(), "--regid=nogroup", "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private void run(List<String> command) throws IOException {
    var log = folder.resolve("run.log").toFile();
    var builder = new ProcessBuilder(command).directory(new java.io.File("/"));
    var started = builder.redirectErrorStream(true).redirectOutput(log).start();
    try {
      if (started.waitFor() != 0) {
        throw new IOException(command + " failed: " + Files.readString(log.toPath()));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// Its processes as they are now, one for each connection among them.
  List<Long> processes() {
    var main = process;
    return main == null
        ? List.of()
        : Stream.concat(Stream.of(main.toHandle()), main.descendants())
            .map(ProcessHandle::pid)
            .toList();
  }

  /// Starts it, again after a kill, and waits until it answers.
  public void start() throws IOException {
    var deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (process == null || !process.isAlive()) {
        process = launched();
      }
      try (var _ = connect("postgres")) {
        return;
      } catch (SQLException e) {
        pause();
      }
    }
    throw new IOException(Files.readString(folder.resolve("log")));
  }

  private Process launched() throws IOException {
    var builder =
        new ProcessBuilder(
                command(
                    "postgres",
                    "-D",
                    folder.resolve("data").toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "max_connections=300",
                    "-c",
                    "fsync=" + (durable ? "on" : "off"),
                    "-c",
                    "autovacuum=" + (durable ? "on" : "off"),
                    "-c",
                    "jit=off",
                    "-c",
                    "wal_level=minimal",
                    "-c",
                    "max_wal_senders=0"))
            .directory(new java.io.File("/"));
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile());
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Kills the process that all others of it follow.
  public void kill() {
    var killed = process;
    if (killed != null) {
      killed.destroyForcibly();
      killed.onExit().join();
    }
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(at(database).url().written(), USER, PASSWORD);
  }

  private Location.Postgres at(String database) {
    var url = PostgresUrl.of("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
    return new Location.Postgres(url, USER, passwordFile);
  }

  private Emptied template() throws SQLException {
    execute("create database " + TEMPLATE);
    Database.open(at(TEMPLATE)).close();
    return new Emptied(this, TEMPLATE);
  }

  /// A database with all tables and nothing in them.
  public Location.Postgres fresh() {
    var taken = emptied.taken();
    return taken == null ? made(TEMPLATE) : at(taken);
  }

  /// A new database without tables.
  public Location.Postgres empty() {
    return made("template0");
  }

  /// A copy of one that nobody has open.
  public Location.Postgres copy(String database) {
    try {
      var filled = emptied.filledAs(database);
      return filled == null ? made(database) : at(filled);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Location.Postgres made(String template) {
    var name = next();
    // By its files: block by block, each logged, takes twice as long.
    execute("create database " + name + " template " + template + " strategy file_copy");
    return at(name);
  }

  private String next() {
    return "test_" + databases.incrementAndGet();
  }

  /// Takes one of this server's databases back when its test is over, and drops it, whoever has it
  /// open, where it is good for no other; one of another server is left alone.
  void takeBack(Location.Postgres made) {
    var name = made.url().database();
    if (!made.equals(at(name))) {
      return;
    }
    var renamed = renamed(name, next());
    if (renamed == null || !emptied.isTakenBack(renamed)) {
      var left = renamed == null ? name : renamed;
      execute("drop database if exists " + left + " with (force)");
    }
  }

  /// The new name; null where somebody has it open. By the old one nobody writes into it any more.
  private @Nullable String renamed(String from, String to) {
    try {
      execute("alter database " + from + " rename to " + to);
      return to;
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /// Runs a statement as the database's admin.
  public synchronized void execute(String sql) {
    try {
      if (admin == null || !admin.isValid(1)) {
        admin = connect("postgres");
      }
      try (var statement = admin.createStatement()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    var stopped = process;
    if (stopped != null && stopped.isAlive()) {
      try {
        // At once: nothing in it is wanted any more.
        new ProcessBuilder("kill", "-QUIT", Long.toString(stopped.pid())).start().waitFor();
        if (!stopped.waitFor(10, TimeUnit.SECONDS)) {
          kill();
        }
      } catch (IOException | InterruptedException e) {
        kill();
      }
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A throw-away folder among others.
    }
  }
}
