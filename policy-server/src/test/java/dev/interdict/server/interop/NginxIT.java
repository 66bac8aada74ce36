package dev.interdict.server.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.server.MovableClock;
import dev.interdict.server.main.TestingServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The repository's folder, served by a web server that knows nothing of us.
@Tag("any-database")
class NginxIT {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  @TempDir Path folder;

  @Test
  void agents_read_all_of_it_from_nginx() throws Exception {
    var repository = folder.resolve("repository");
    try (var server = new TestingServer(folder, new MovableClock(Instant.now()));
        var nginx =
            Nginx.serve(
                Files.createDirectory(folder.resolve("nginx")),
                repository,
                server.server.devicePort());
        var client = HttpClient.newHttpClient()) {
      var changing = new ChangingRepository(repository);
      var journey =
          new Journey(
              changing, Files.createDirectory(folder.resolve("readers")), nginx.address("/tuf"));
      journey.follow(Map.of("own", new OwnReader()));

      assertEquals(List.of("200", FOR_EVER), answer(client, nginx, "/tuf/1.root.json"));
      assertEquals(List.of("200", FOR_EVER), answer(client, nginx, "/tuf/2.snapshot.json"));
      assertEquals(List.of("200", "no-cache"), answer(client, nginx, "/tuf/timestamp.json"));
      try (var lists = Files.walk(repository.resolve("targets"))) {
        for (var list : lists.filter(Files::isRegularFile).toList()) {
          assertEquals(
              List.of("200", FOR_EVER),
              answer(client, nginx, "/tuf/" + repository.relativize(list)));
        }
      }
      for (var nothing : List.of("/tuf/99.root.json", "/tuf/.lock", "/tuf/", "/tuf/targets/")) {
        assertEquals(List.of("404", ""), answer(client, nginx, nothing), nothing);
      }
      Files.createSymbolicLink(
          repository.resolve("99.snapshot.json"), folder.resolve("interdict.db"));
      assertEquals(List.of("403", ""), answer(client, nginx, "/tuf/99.snapshot.json"));
      assertEquals("422", status(client, nginx), "what is not a file goes to the server");
    }
  }

  private static List<String> answer(HttpClient client, Nginx nginx, String path) throws Exception {
    var answer =
        client.send(
            HttpRequest.newBuilder(nginx.address(path)).build(),
            HttpResponse.BodyHandlers.discarding());
    return List.of(
        "" + answer.statusCode(), answer.headers().firstValue("cache-control").orElse(""));
  }

  private static String status(HttpClient client, Nginx nginx) throws Exception {
    var question =
        HttpRequest.newBuilder(nginx.address(dev.interdict.wire.Routes.TIME))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return "" + client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
