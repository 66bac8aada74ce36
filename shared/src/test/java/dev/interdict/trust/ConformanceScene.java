package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.interdict.json.Json;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.SignedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The command line of the conformance suite against a simulated repository behind real HTTP. What
/// counts is what the suite can see: the exit code, the files in both folders, the questions asked.
abstract class ConformanceScene {
  static final Instant NOW = Instant.parse("2026-07-03T09:00:00Z");

  @TempDir Path folder;
  final RepositorySimulator repository = new RepositorySimulator(NOW, 12);

  /// The client's clock.
  Instant now = NOW;

  /// Answers in place of the repository's, by path.
  final Map<String, Answer> instead = new HashMap<>();

  private HttpServer server;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  /// Answers one request.
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  ConformanceScene() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void serve() throws IOException {
    Files.createDirectories(metadata());
    Files.createDirectories(targets());
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath().substring("/repository/".length());
    var asked = path.startsWith("metadata/") ? path.substring("metadata/".length()) : path;
    try (exchange) {
      var bytes = repository.fetch(asked, Integer.MAX_VALUE);
      assertEquals("GET", exchange.getRequestMethod());
      if (instead.containsKey(asked)) {
        instead.getOrDefault(asked, _ -> {}).to(exchange);
      } else if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    } catch (UnreachableException e) {
      exchange.sendResponseHeaders(503, -1);
    }
  }

  private Path metadata() {
    return folder.resolve("metadata");
  }

  private Path targets() {
    return folder.resolve("targets");
  }

  private String url(String below) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/repository/" + below + "/";
  }

  // What the suite can do.

  /// The exit code of any command line.
  int run(String... args) {
    return new ConformanceClient(() -> now, new PrintStream(said, true, StandardCharsets.UTF_8))
        .run(args);
  }

  int init(byte[] root) {
    var file = folder.resolve("initial_root.json");
    try {
      Files.write(file, root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return run("--metadata-dir", metadata().toString(), "init", file.toString());
  }

  void init() {
    assertEquals(0, init(repository.initialRoot()), this::said);
    assertEquals("root=1", trusted());
  }

  int refresh() {
    return run(refreshing());
  }

  String[] refreshing() {
    return new String[] {
      "--metadata-url", url("metadata"), "--metadata-dir", metadata().toString(), "refresh"
    };
  }

  int download(String... paths) {
    var args = new ArrayList<String>();
    args.addAll(List.of("--metadata-url", url("metadata")));
    args.addAll(List.of("--metadata-dir", metadata().toString()));
    for (var path : paths) {
      args.addAll(List.of("--target-name", path));
    }
    args.addAll(List.of("--target-dir", targets().toString()));
    args.addAll(List.of("--target-base-url", url("targets"), "download"));
    return run(args.toArray(String[]::new));
  }

  void refreshes() {
    assertEquals(0, refresh(), this::said);
  }

  void refuses(String trusted) {
    assertEquals(1, refresh());
    assertEquals(trusted, trusted(), this::said);
  }

  void downloads(String... paths) {
    assertEquals(0, download(paths), this::said);
  }

  // What the suite can see.

  /// The metadata folder, which holds nothing else: roles with their versions.
  String trusted() {
    var roles = new TreeSet<String>();
    for (var file : files(metadata())) {
      var name = metadata().relativize(file).toString();
      if (!name.endsWith(".json")) {
        throw new AssertionError("unexpected file " + name);
      }
      roles.add(name.replace(".json", "=") + version(file));
    }
    return String.join(" ", roles);
  }

  byte[] trusted(String role) {
    try {
      return Files.readAllBytes(metadata().resolve(role + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The contents of all files in the targets folder, the one changed last at the end.
  List<String> contents() {
    var contents = new ArrayList<String>();
    try {
      for (var file : files(targets())) {
        contents.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  /// What was asked for after the four top-level questions of a first refresh.
  List<String> askedBeyondTop() {
    var asked = repository.asked();
    return asked.subList(4, asked.size());
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static List<Path> files(Path folder) {
    try (var walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long version(Path file) {
    try {
      var signed = SignedFile.read(Files.readAllBytes(file), "trusted file").signed();
      return signed.get("version") instanceof Json.Int(var version) ? version : -1;
    } catch (IOException | RepositoryException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
