package dev.interdict.agent.sync;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The server over HTTP: no redirects, every body bounded. The library's own time-out does not
/// bound a body that drips in, so whoever runs this process bounds its life as a whole.
final class Http implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI server;
  private final HttpClient client;

  /// An answer.
  ///
  /// @param body at most `limit + 1` bytes of it
  record Answer(int status, byte[] body, @Nullable String retryAfter) {}

  Http(URI server) {
    this.server = server;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  Answer get(String path, int limit) throws IOException {
    return send(HttpRequest.newBuilder(at(path)).GET(), limit);
  }

  Answer post(String path, Map<String, String> headers, byte[] body, int limit) throws IOException {
    var request =
        HttpRequest.newBuilder(at(path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request, limit);
  }

  private URI at(String path) {
    return server.resolve(path);
  }

  private Answer send(HttpRequest.Builder request, int limit) throws IOException {
    try {
      var response =
          client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new Answer(
            response.statusCode(),
            body.readNBytes(limit + 1),
            response.headers().firstValue("retry-after").orElse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + server, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
