package dev.interdict.demo;

import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Asks the server what an admin can ask, signed in as one.
final class ConsoleClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI server;
  private final String session;
  private final HttpClient client;

  private ConsoleClient(URI server, String session, HttpClient client) {
    this.server = server;
    this.session = session;
    this.client = client;
  }

  static ConsoleClient signIn(PolicyServer server) throws DemoException, InterruptedException {
    var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    var body = Json.object().put("name", server.admin()).put("password", server.password()).build();
    var answer =
        send(
            client,
            HttpRequest.newBuilder(server.console().resolve("/api/v1/session"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonWriter.compact(body))));
    var cookie =
        answer
            .headers()
            .firstValue("set-cookie")
            .orElseThrow(() -> new DemoException("the console gave no session"));
    return new ConsoleClient(server.console(), cookie.split(";", 2)[0], client);
  }

  Answer get(String path) throws DemoException, InterruptedException {
    var answer =
        send(client, HttpRequest.newBuilder(server.resolve(path)).header("cookie", session).GET());
    return Answer.read("the server", answer.body());
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws DemoException, InterruptedException {
    var asked = request.timeout(PATIENCE).build();
    try {
      var answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new DemoException(
            "the server answered " + answer.statusCode() + " to " + asked.uri().getPath());
      }
      return answer;
    } catch (IOException e) {
      throw new DemoException("the server does not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
