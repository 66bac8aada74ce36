package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.OsFamily;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.wire.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 87: recognisable secrets go in wherever secrets go in, into a server that is a process of
/// its own; then its database, a backup, its log, its errors and a dump of its memory are searched.
class T87CanarySecretsIT {
  private static final String PASSWORD = "canary-password-6f1d0c";
  private static final String SMTP = "canary-smtp-password-77aa31";
  private static final String CLIENT = "canary-client-secret-0be942";
  private static final String HOOK = "canary-hook-path-5c8e10";

  private static final String CHAT = "canary-chat-secret-91d2f7";
  private static final String WRONG = "canary-wrong-password-3e77b0";

  @TempDir Path temp;
  private Path dir = Path.of("");
  private @Nullable Process server;
  private String device = "";
  private String people = "";
  private String cookie = "";
  private String csrf = "";
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> secrets = new TreeMap<>();
  private final StringBuffer errors = new StringBuffer();

  @Test
  void secrets_are_nowhere_but_where_they_have_to_be() throws Exception {
    setUp();
    start();
    try {
      putSecretsIn();
      hangUp();
      var memory = dumped(0);
      // The server hears a moment later that a client hung up. What it keeps is there each time.
      for (var i = 1; i < 10 && isAnyIn(memory); i++) {
        Files.delete(memory);
        Thread.sleep(300);
        memory = dumped(i);
      }
      var backup = temp.resolve("backup");
      var typed = Typed.server("backup", backup.toString(), "-d", dir.toString());
      assertEquals(0, typed.code(), typed::err);
      stop();
      search(memory, backup);
    } finally {
      running().destroyForcibly();
    }
  }

  private Path dumped(int number) throws Exception {
    var memory = temp.resolve("memory-" + number + ".hprof");
    var dumped =
        new Program(Map.of(), temp)
            .start(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(running().pid()),
                    "GC.heap_dump",
                    memory.toString()),
                "");
    assertEquals(0, dumped.code(), dumped::out);
    return memory;
  }

  private boolean isAnyIn(Path memory) throws IOException {
    var bytes = Files.readAllBytes(memory);
    return secrets.values().stream().anyMatch(secret -> holds(bytes, secret));
  }

  private void setUp() throws IOException {
    dir = temp.resolve("server");
    var password = Files.writeString(temp.resolve("password"), PASSWORD + "\n");
    var made = Typed.server("init", dir.toString(), "--admin-password-file", password.toString());
    assertEquals(0, made.code(), made::err);
    Files.writeString(dir.resolve("smtp.password"), SMTP + "\n");
    Files.writeString(dir.resolve("client.secret"), CLIENT + "\n");
    Files.writeString(
        dir.resolve("server.yaml"),
        """
        mail:
          server: localhost:9
          user: interdict
          password-file: smtp.password
          from: interdict@example.com
          announcements: [all@example.com]
        webhooks: {allow: [127.0.0.1]}
        """,
        StandardOpenOption.APPEND);
    secrets.put("password", PASSWORD);
    secrets.put("SMTP password", SMTP);
    secrets.put("wrong password", WRONG);
    secrets.put("webhook address", HOOK);
    secrets.put("chat secret", CHAT);
    secrets.put("first enrolment token", Files.readString(dir.resolve("enrolment-token")).strip());
  }

  private void start() throws Exception {
    var line = new ArrayList<>(Program.java(InterdictServer.class, "run", dir.toString()));
    line.addAll(List.of("--device-port", "0", "--admin-port", "0", "--accept-clock"));
    line.add(1, "--enable-native-access=ALL-UNNAMED");
    line.addAll(1, TestingDatabase.javaOptions(dir));
    var log = temp.resolve("log").toFile();
    server = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log).start();
    for (var tries = 0; tries < 600 && people.isEmpty(); tries++) {
      Thread.sleep(100);
      assertTrue(running().isAlive(), Files.readString(log.toPath()));
      for (var said : Files.readString(log.toPath()).lines().toList()) {
        if (said.startsWith("Agents")) {
          device = said.replaceAll(".* ", "");
        } else if (said.startsWith("Console")) {
          people = said.replaceAll(".* ", "");
        }
      }
    }
    assertTrue(!people.isEmpty(), "the server did not start");
  }

  private Process running() {
    return Objects.requireNonNull(server, "it was started");
  }

  private void stop() throws Exception {
    running().destroy();
    assertTrue(running().waitFor(30, TimeUnit.SECONDS));
  }

  private HttpResponse<String> send(String method, String path, Json body, String... headers)
      throws Exception {
    var all = new ArrayList<>(List.of("Content-Type", "application/json", "Origin", people));
    if (!cookie.isEmpty()) {
      all.addAll(List.of("Cookie", cookie, "X-CSRF-Token", csrf));
    }
    all.addAll(List.of(headers));
    var request =
        HttpRequest.newBuilder(URI.create(people + path))
            .headers(all.toArray(String[]::new))
            .method(method, HttpRequest.BodyPublishers.ofString(JsonWriter.line(body)))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      errors.append(answer.body()).append(answer.headers().map()).append('\n');
    }
    return answer;
  }

  private static Json.Obj read(HttpResponse<String> answer) throws Exception {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    return (Json.Obj) JsonReader.read(bytes, JsonLimits.OWN);
  }

  private static String text(Json.Obj object, String name) {
    return object.get(name) instanceof Json.Text(var text) ? text : "";
  }

  private void signIn() throws Exception {
    cookie = "";
    var body = Json.object().put("name", "admin").put("password", PASSWORD).build();
    var answer = send("POST", "/api/v1/session", body);
    assertEquals(200, answer.statusCode(), answer.body());
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    csrf = text(read(answer), "csrf");
  }

  private void putSecretsIn() throws Exception {
    var wrong = Json.object().put("name", "admin").put("password", WRONG).build();
    assertEquals(401, send("POST", "/api/v1/session", wrong).statusCode());
    var odd = Json.object().put("name", "admin").put("password", WRONG).put("pasword", WRONG);
    assertEquals(422, send("POST", "/api/v1/session", odd.build()).statusCode());
    signIn();
    secrets.put("session", cookie.substring(cookie.indexOf('=') + 1));

    var department = Json.object().put("department", "R&D").put("days", 1).put("uses", 1).build();
    var token = send("POST", "/api/v1/enrolment-tokens", department);
    secrets.put("enrolment token", text(read(token), "secret"));
    var enrol =
        new SimulatedDevice("ws-1", OsFamily.LINUX)
            .enrol(Objects.requireNonNull(secrets.get("enrolment token")), null, Instant.now());
    var enrolled =
        client.send(
            HttpRequest.newBuilder(URI.create(device + enrol.parts().path()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(enrol.body()))
                .header(Headers.CONTENT_DIGEST, enrol.parts().contentDigest())
                .header(Headers.SEQUENCE, Long.toString(enrol.parts().sequence()))
                .header(Headers.SIGNATURE_INPUT, enrol.input())
                .header(Headers.SIGNATURE, enrol.signature())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(2, enrolled.statusCode() / 100, enrolled.body());

    var totp = read(send("POST", "/api/v1/session/totp", Json.object().build()));
    secrets.put("secret of codes", text(totp, "secret"));

    var hook = "http://127.0.0.1:9/" + HOOK;
    var asked = Json.object().put("name", "chat").put("url", hook).put("template", "feishu");
    asked.put("chat-secret", CHAT);
    var made = send("POST", "/api/v1/webhooks", asked.build());
    assertEquals(201, made.statusCode(), made.body());
    secrets.put("webhook secret", text(read(made), "secret"));
    var bad = Json.object().put("name", "chat").put("url", "http://192.0.2.1/" + HOOK).build();
    assertEquals(422, send("POST", "/api/v1/webhooks", bad).statusCode());
    var id = text((Json.Obj) Objects.requireNonNull(read(made).get("webhook")), "id");
    var tried = send("POST", "/api/v1/webhooks/" + id + "/test", Json.object().build());
    errors.append(tried.body());

    var robot =
        new Program(Map.of(), temp)
            .start(
                Program.java(
                    InterdictServer.class,
                    "api-token",
                    "create",
                    "robot",
                    "--role",
                    "viewer",
                    "--owner",
                    "admin",
                    "-d",
                    dir.toString()),
                "");
    assertEquals(0, robot.code(), robot::err);
    var found = Pattern.compile("interdict_[A-Za-z0-9_-]{43}").matcher(robot.out());
    assertTrue(found.find(), robot.out());
    secrets.put("API token", found.group());
    var used =
        client.send(
            HttpRequest.newBuilder(URI.create(people + "/api/v1/me"))
                .header("Authorization", "Bearer " + found.group())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, used.statusCode(), used.body());
    secrets.values().forEach(secret -> assertTrue(secret.length() > 15, secrets.toString()));
  }

  /// Ends the connections over which the secrets came, and waits until the server has ended them
  /// too: what it keeps of a request lasts as long as the connection.
  private void hangUp() throws Exception {
    client.close();
    var ports =
        Stream.of(people, device).map(at -> "%04X".formatted(URI.create(at).getPort())).toList();
    for (var tries = 0; tries < 600 && ports.stream().anyMatch(this::isConnected); tries++) {
      Thread.sleep(100);
    }
    ports.forEach(port -> assertFalse(isConnected(port), port));
  }

  private boolean isConnected(String port) {
    // Established, or ended by the other side only.
    var line = Pattern.compile(".*: [0-9A-F]+:" + port + " [^ ]+ (01|08) .*");
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .anyMatch(file -> {
          try (var lines = Files.lines(file)) {
            return lines.anyMatch(line.asMatchPredicate());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void search(Path memory, Path backup) throws Exception {
    var places = new TreeMap<String, byte[]>();
    places.put("its errors", errors.toString().getBytes(StandardCharsets.UTF_8));
    places.put("its log", Files.readAllBytes(temp.resolve("log")));
    places.put("its memory", Files.readAllBytes(memory));
    assertTrue(places.get("its memory").length > 1 << 20);
    for (var folder : List.of(dir, backup)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var name = file.getFileName().toString();
          // What an administrator put there, for the server to read.
          if (!List.of("smtp.password", "client.secret", "enrolment-token").contains(name)) {
            places.put(folder.getFileName() + "/" + name, Files.readAllBytes(file));
          }
        }
      }
    }
    if (TestingDatabase.IS_POSTGRES) {
      try (var database = TestingDatabase.open(dir)) {
        var rows = new StringBuilder();
        database.read(handle -> {
          for (var table : database.tables(handle)) {
            rows.append(handle.createQuery("select * from " + table).mapToMap().list());
          }
          return 0;
        });
        places.put("its tables", rows.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    var found = new ArrayList<String>();
    for (var secret : secrets.entrySet()) {
      for (var place : places.entrySet()) {
        if (holds(place.getValue(), secret.getValue())) {
          found.add(secret.getKey() + " in " + place.getKey());
        }
      }
    }
    assertEquals(List.of(), found);
    // Else the search would prove nothing.
    assertTrue(holds(places.get("its memory"), "interdict@example.com"));
    assertTrue(holds(Files.readAllBytes(dir.resolve("smtp.password")), SMTP));
  }

  /// Whether the bytes hold the text, as Java keeps it or as UTF-8.
  private static boolean holds(byte[] bytes, String text) {
    return holds(bytes, text.getBytes(StandardCharsets.UTF_8))
        || holds(bytes, text.getBytes(StandardCharsets.UTF_16LE));
  }

  private static boolean holds(byte[] bytes, byte[] wanted) {
    for (var i = 0; i <= bytes.length - wanted.length; i++) {
      if (bytes[i] == wanted[0]
          && java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
