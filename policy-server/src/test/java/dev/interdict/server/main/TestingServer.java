package dev.interdict.server.main;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.MovableClock;
import dev.interdict.server.access.EasyAccounts;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.wire.Headers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// A real server on free ports over a real database file, with a clock that tests move.
public final class TestingServer implements AutoCloseable {
  public static final String PASSWORD = "correct horse battery";

  public final MovableClock clock;
  public final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  public TestingServer(Path folder) throws IOException {
    this(folder, new MovableClock(Instant.parse("2026-07-01T08:00:00Z")));
  }

  public TestingServer(Path folder, MovableClock clock) throws IOException {
    this(folder, clock, clock);
  }

  /// One that goes by a clock that nobody moves.
  TestingServer(Path folder, InstantSource running) throws IOException {
    this(folder, new MovableClock(running.instant()), running);
  }

  private TestingServer(Path folder, MovableClock clock, InstantSource running) throws IOException {
    this.clock = clock;
    var config = TestingDatabase.config(folder);
    var parts = parts(config, new SecureRandom(), running);
    server = Server.start(config, parts, nonce -> nonce.clone(), (_, _) -> {});
  }

  /// As a server has them, but for the work that a password takes.
  static Parts parts(ServerConfig config, SecureRandom random, InstantSource clock) {
    var database = Database.open(config.database());
    return Parts.over(EasyAccounts.of(database, random, clock), database, config, random, clock);
  }

  public String token() {
    return token(5);
  }

  String token(long uses) {
    var placement = new Placement("R&D", "everyone", List.of("pilot"));
    return server.parts().tokens().create("tester", placement, Duration.ofDays(9), uses).secret();
  }

  public void admin(String name) {
    server.parts().accounts().create("tester", name, PASSWORD, Set.of(Role.VIEWER));
  }

  public HttpResponse<String> send(SignedRequest request) throws IOException {
    return send(builder(request).build());
  }

  public HttpRequest.Builder builder(SignedRequest request) {
    return device(request.parts().path())
        .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()))
        .header(Headers.CONTENT_DIGEST, request.parts().contentDigest())
        .header(Headers.SEQUENCE, Long.toString(request.parts().sequence()))
        .header(Headers.SIGNATURE_INPUT, request.input())
        .header(Headers.SIGNATURE, request.signature());
  }

  public HttpRequest.Builder device(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.devicePort() + path));
  }

  public HttpRequest.Builder admins(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path));
  }

  public String adminOrigin() {
    return "http://127.0.0.1:" + server.adminPort();
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public HttpResponse<String> signIn(String name, String password) throws IOException {
    var body = Json.object().put("name", name).put("password", password).build();
    return send(
        admins("/api/v1/session")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(dev.interdict.json.JsonWriter.line(body)))
            .build());
  }

  /// The status line and all that follows of a request written byte by byte.
  public String raw(int port, String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /// The body without the name of its request, which no two answers share.
  public static String said(HttpResponse<String> response) {
    return response.body().replaceFirst("\"request-id\":\"[0-9a-f]{16}\"", "");
  }

  public static Json.Obj json(HttpResponse<String> response) throws JsonException {
    var bytes = response.body().getBytes(StandardCharsets.UTF_8);
    return (Json.Obj) JsonReader.read(bytes, JsonLimits.OWN);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
