package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 79, at work: wherever a body is read, a serialised object is refused, and none is made.
@Tag("any-database")
class T79SerialisedObjectsIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  /// Says so when somebody makes one of it.
  private static final class Bomb implements Serializable {
    private static final long serialVersionUID = 1;
    static volatile boolean made;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      made = true;
    }
  }

  private static byte[] serialised() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Bomb());
    }
    return bytes.toByteArray();
  }

  private static int status(String address, String method, String type, byte[] body, String... more)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (more.length > 0) {
      request.headers(more);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void no_body_becomes_an_object() throws Exception {
    var bomb = serialised();
    var named = Bomb.class.getName();
    var polymorphic =
        List.of(
            "{\"@class\":\"" + named + "\"}",
            "[\"" + named + "\",{}]",
            "{\"@type\":\"" + named + "\",\"name\":[\"" + named + "\",{}]}",
            "!!" + named + " []");
    try (var office = new TestingOffice(folder)) {
      office.person("everything", Role.values());
      var token =
          office
              .parts()
              .apiTokens()
              .create(
                  "everything",
                  "everything",
                  "robot",
                  java.util.EnumSet.complementOf(java.util.EnumSet.of(Role.APPROVER, Role.SIGNER)),
                  dev.interdict.server.scope.Scope.WHOLE,
                  java.time.Duration.ofDays(1));
      var bearer = "Bearer " + token;
      var writes = office.routes.stream().filter(route -> !route.startsWith("GET ")).toList();
      assertTrue(writes.size() > 25, writes.toString());
      for (var route : writes) {
        var method = route.substring(0, route.indexOf(' '));
        var path =
            route
                .substring(route.indexOf(' ') + 1)
                .replace("{device}", "0".repeat(32))
                .replaceAll("\\{(draft|serial|proposal)}", "1")
                .replaceAll("\\{[a-z.]+}", "some-tool");
        for (var type : List.of("application/json", "application/x-java-serialized-object")) {
          refused(
              status(
                  office.address() + path,
                  method,
                  type,
                  bomb,
                  "Authorization",
                  bearer,
                  "If-Match",
                  "\"0\""),
              route);
        }
        for (var text : polymorphic) {
          refused(
              status(
                  office.address() + path,
                  method,
                  "application/json",
                  text.getBytes(StandardCharsets.UTF_8),
                  "Authorization",
                  bearer,
                  "If-Match",
                  "\"0\""),
              route);
        }
      }
      var devices = "http://127.0.0.1:" + office.server.devicePort();
      for (var path :
          List.of("/agent/v1/enrol", "/agent/v1/reports", "/agent/v1/heartbeat", "/agent/v1/key")) {
        refused(status(devices + path, "POST", "application/json", bomb), path);
      }
    }
    assertEquals(false, Bomb.made, "somebody made an object of what was sent");
    try (var in = new ObjectInputStream(new java.io.ByteArrayInputStream(bomb))) {
      in.readObject();
    }
    assertTrue(Bomb.made, "else the test would see nothing");
  }

  private static void refused(int status, String where) {
    assertTrue(status >= 400 && status < 500, where + ": " + status);
  }
}
