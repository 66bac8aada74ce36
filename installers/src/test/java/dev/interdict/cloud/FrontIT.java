package dev.interdict.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The compose file's nginx before a real server: what it keeps, and whom it leads where.
@EnabledOnOs(OS.LINUX)
class FrontIT {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  @TempDir private Path folder;

  @Test
  void it_keeps_what_never_changes_and_nothing_else() throws Exception {
    var data = folder.resolve("server");
    var immutable = new TreeSet<String>();
    try (var server = Served.in(data, "trusted-proxies: [127.0.0.1]\n");
        var front = front(server.devices, server.people)) {
      try (var files = Files.walk(data.resolve("repository"))) {
        files
            .filter(Files::isRegularFile)
            .map(file -> "/tuf/" + data.resolve("repository").relativize(file))
            .filter(name -> !name.endsWith("timestamp.json") && !name.contains("/."))
            .forEach(immutable::add);
      }
      assertTrue(immutable.size() > 5, immutable.toString());
      for (var name : immutable) {
        var first = front.device(name);
        assertEquals(List.of("200", "MISS", FOR_EVER), seen(first), name);
        var second = front.device(name + "?another=1");
        assertEquals(List.of("200", "HIT", FOR_EVER), seen(second), name);
        assertEquals(first.body(), second.body());
        var tag = first.headers().firstValue("etag").orElseThrow();
        assertEquals(304, front.device(name, "If-None-Match", tag).statusCode(), name);
      }
      for (var ask = 0; ask < 2; ask++) {
        assertEquals(List.of("200", "", "no-cache"), seen(front.device("/tuf/timestamp.json")));
        var nothing = front.device("/tuf/99.root.json");
        assertEquals(List.of("404", "MISS"), seen(nothing).subList(0, 2));
        assertEquals(422, front.post("/agent/v1/time", "{}").statusCode(), "it is the server's");
        assertEquals(200, front.people("/login").statusCode());
      }
      assertEquals(List.copyOf(immutable), front.kept());

      server.close();
      for (var name : immutable) {
        assertEquals(List.of("200", "HIT", FOR_EVER), seen(front.device(name)), name);
      }
      assertEquals(502, front.device("/tuf/timestamp.json").statusCode());
    }
  }

  @Test
  void workstations_reach_nothing_of_the_console_and_nobody_makes_up_an_address() throws Exception {
    var asked = new ArrayList<String>();
    var devices = listener("devices", asked);
    var people = listener("people", asked);
    try (var front = front(devices.getAddress().getPort(), people.getAddress().getPort())) {
      for (var path :
          List.of(
              "/",
              "/login",
              "/api/v1/me",
              "/agent",
              "/tuf",
              "/metrics",
              "/readyz",
              "/tuf/../api/v1/me",
              "/agent/%2e%2e/api/v1/me",
              "/agent/..%2fapi/v1/me",
              "//api/v1/me")) {
        var answer = front.device(path, "X-Forwarded-Host", "console.example");
        // nginx sends /agent on to /agent/ by itself.
        assertTrue(
            answer.statusCode() >= 300 || answer.body().startsWith("devices "),
            path + " led to " + answer.body());
      }
      assertEquals(List.of(), asked.stream().filter(line -> line.startsWith("people")).toList());
      asked.clear();

      var made = new String[] {"X-Forwarded-For", "198.51.100.7", "X-Forwarded-Proto", "gopher"};
      assertEquals(
          "devices /agent/v1/time?a=%2F [127.0.0.1] [https]",
          front.device("/agent/v1/time?a=%2F", made).body());
      assertEquals(
          "people /api/v1/me [127.0.0.1] [https]", front.people("/api/v1/me", made).body());
      assertEquals(
          "devices /tuf/1.root.json [127.0.0.1] [https]",
          front.device("/tuf/1.root.json", made).body());
    } finally {
      devices.stop(0);
      people.stop(0);
    }
  }

  /// Answers with what arrived; says nothing about keeping it.
  private static HttpServer listener(String name, List<String> asked) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          var said =
              "%s %s %s %s"
                  .formatted(
                      name,
                      exchange.getRequestURI(),
                      headers.get("X-Forwarded-For"),
                      headers.get("X-Forwarded-Proto"));
          asked.add(said);
          var bytes = said.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Front front(int devices, int people) throws Exception {
    return Front.before(Files.createDirectory(folder.resolve("front")), devices, people);
  }

  private static List<String> seen(HttpResponse<String> answer) {
    return List.of(
        "" + answer.statusCode(),
        answer.headers().firstValue("x-cache").orElse(""),
        answer.headers().firstValue("cache-control").orElse(""));
  }
}
