package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.MovableClock;
import dev.interdict.server.events.Afterwards;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.main.Parts;
import dev.interdict.server.main.Server;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.server.web.pages.Fleet;
import dev.interdict.server.web.pages.Pages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideTheApiIT {
  @Test
  void pages_and_programs_get_their_own_kind_of_answer(@TempDir Path folder) throws Exception {
    var config = TestingDatabase.config(folder);
    var parts =
        Parts.open(
            config, new SecureRandom(), new MovableClock(Instant.parse("2026-07-01T08:00:00Z")));
    var fleet =
        new Fleet(
            parts.compliance(),
            () -> Blocklist.EMPTY,
            parts.clock(),
            config.silentAfter(),
            ZoneOffset.UTC,
            new Afterwards(parts.database()),
            new Cases(parts.database())::requests,
            "");
    var console =
        new Console(
            Pages.of(fleet, parts.looks()),
            fleet,
            parts.sessions(),
            parts.gate(),
            false,
            new SplittableRandom(1));
    try (var server = Server.start(config, parts, nonce -> nonce.clone(), console::addTo);
        var client = HttpClient.newHttpClient()) {
      assertEquals("303", kind(client, server, "/"));
      assertEquals("200 text/html; charset=utf-8", kind(client, server, "/login"));
      assertEquals("404 text/html; charset=utf-8", kind(client, server, "/nope"));
      assertEquals("404 application/problem+json", kind(client, server, "/api/v1/nope"));
      assertEquals("401 application/problem+json", kind(client, server, "/api/v1/session"));
      var elsewhere = get(client, server.devicePort(), "/login");
      assertEquals(404, elsewhere.statusCode());
      assertTrue(elsewhere.body().startsWith("{"));
    }
  }

  private static String kind(HttpClient client, Server server, String path) throws Exception {
    var answer = get(client, server.adminPort(), path);
    return (answer.statusCode() + " " + answer.headers().firstValue("Content-Type").orElse(""))
        .strip();
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
