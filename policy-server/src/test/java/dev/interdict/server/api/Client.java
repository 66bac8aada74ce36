package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.main.TestingOffice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/// Somebody who is signed in, and calls the API as a page of ours would.
final class Client {
  private final HttpClient http;
  private final String address;
  private final List<String> headers = new ArrayList<>();

  private Client(TestingOffice office) {
    this.http = office.visitors;
    this.address = office.address();
  }

  /// Nobody.
  static Client nobody(TestingOffice office) {
    return new Client(office);
  }

  /// A program with a token.
  static Client program(TestingOffice office, String secret) {
    var client = new Client(office);
    client.headers.addAll(List.of("Authorization", "Bearer " + secret));
    return client;
  }

  static Client of(TestingOffice office, String account) throws Exception {
    var client = new Client(office);
    var body = Json.object().put("name", account).put("password", TestingOffice.PASSWORD).build();
    var answer = client.send("POST", "/api/v1/session", body);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
    client.headers.addAll(
        List.of(
            "Cookie",
            answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", ""),
            "Origin",
            client.address,
            "X-CSRF-Token",
            Described.text(Described.member(Described.read(answer.body()), "csrf"))));
    return client;
  }

  HttpResponse<String> get(String path) throws IOException {
    return exchange(request("GET", path, null));
  }

  HttpResponse<String> send(String method, String path, Json.Obj body, String... more)
      throws IOException {
    return exchange(request(method, path, JsonWriter.line(body), more));
  }

  /// With a body as it is, or without one.
  HttpResponse<String> plain(String method, String path, String... more) throws IOException {
    return exchange(request(method, path, null, more));
  }

  HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  HttpRequest request(
      String method, String path, @org.jspecify.annotations.Nullable String body, String... more) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return more.length == 0 ? request.build() : request.headers(more).build();
  }
}
