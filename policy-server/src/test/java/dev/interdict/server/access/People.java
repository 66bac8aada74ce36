package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.main.TestingServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A person at a browser, or a program, before a server.
final class People {
  private final TestingServer server;

  People(TestingServer server) {
    this.server = server;
  }

  /// Somebody signed in.
  record Browser(String cookie, String csrf) {}

  HttpResponse<String> signIn(String name, String password, @Nullable String code)
      throws IOException {
    return signIn(name, password, code, "x-nothing", "x");
  }

  HttpResponse<String> signIn(
      String name, String password, @Nullable String code, String header, String value)
      throws IOException {
    var body = Json.object().put("name", name).put("password", password);
    if (code != null) {
      body.put("code", code);
    }
    return server.send(
        server
            .admins("/api/v1/session")
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.line(body.build())))
            .build());
  }

  static Browser browser(HttpResponse<String> signedIn) throws JsonException {
    if (signedIn.statusCode() != 200) {
      throw new AssertionError(signedIn.statusCode() + " " + signedIn.body());
    }
    var cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    return new Browser(cookie, text(signedIn, "csrf"));
  }

  static String text(HttpResponse<String> answer, String name) throws JsonException {
    return ((Json.Text) Objects.requireNonNull(TestingServer.json(answer).get(name))).value();
  }

  HttpResponse<String> get(Browser browser, String path) throws IOException {
    return server.send(server.admins(path).header("Cookie", browser.cookie()).build());
  }

  HttpResponse<String> post(Browser browser, String path, Json.Obj body) throws IOException {
    return server.send(
        server
            .admins(path)
            .header("Cookie", browser.cookie())
            .header("X-CSRF-Token", browser.csrf())
            .header("Origin", server.adminOrigin())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.line(body)))
            .build());
  }

  HttpResponse<String> bearer(String path, String secret) throws IOException {
    return server.send(server.admins(path).header("Authorization", "Bearer " + secret).build());
  }
}
