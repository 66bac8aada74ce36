package dev.interdict.demo.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// All devices' requests over one client with kept connections: what a company looks like behind
/// its proxy. Busy answers are tried again after the pause that the server asks for. Thread-safe.
final class HttpPost implements FleetDevice.Post, AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final int TRIES = 8;

  private final URI server;
  private final InstantSource clock;
  private final HttpClient client;
  private final Semaphore open;

  /// @param most requests open at once
  HttpPost(URI server, InstantSource clock, int most) {
    this.server = server;
    this.clock = clock;
    this.open = new Semaphore(most);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public void send(SignedPost what, Life sender, String nonce) throws IOException {
    for (var attempt = 1; ; attempt++) {
      var answer = once(what, sender, nonce + "-" + attempt);
      if (answer.statusCode() / 100 == 2) {
        return;
      }
      var busy = answer.statusCode() == 503 || answer.statusCode() == 429;
      if (!busy || attempt == TRIES) {
        throw new IOException(
            "the server answered "
                + answer.statusCode()
                + " to "
                + what.path()
                + ": "
                + answer.body().strip());
      }
      pause(answer);
    }
  }

  private HttpResponse<String> once(SignedPost what, Life sender, String nonce) throws IOException {
    try {
      open.acquire();
      try {
        return client.send(request(what, sender, nonce), HttpResponse.BodyHandlers.ofString());
      } finally {
        open.release();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private HttpRequest request(SignedPost what, Life sender, String nonce) {
    return what.request(
        server, sender.facts().id(), sender.keys().getPrivate(), nonce, clock.instant());
  }

  /// The only place where the fleet waits for nothing but time.
  private static void pause(HttpResponse<?> answer) throws IOException {
    var asked =
        answer
            .headers()
            .firstValue("retry-after")
            .filter(value -> value.matches("[0-9]{1,4}"))
            .map(value -> Duration.ofSeconds(Long.parseLong(value)))
            .orElse(Duration.ofSeconds(1));
    try {
      TimeUnit.MILLISECONDS.sleep(Math.clamp(asked.toMillis(), 100, LONGEST_PAUSE.toMillis()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted while talking to the server", e);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
