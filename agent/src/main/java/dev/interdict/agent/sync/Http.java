package dev.interdict.agent.sync;

import dev.interdict.agent.state.Uplink;
import dev.interdict.wire.Headers;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The server over HTTP: no redirects, every answer bounded in bytes and in time. The library's own
/// time-out ends with the header, so that a body could drip in for ever; here the clock runs until
/// the last byte.
final class Http implements Line {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Room for the longest file over a slow line, at about a megabit a second.
  private static final Duration WHOLE_ANSWER = Duration.ofSeconds(40);

  private static final String NO_TUNNEL = "Tunnel failed, got: ";

  private final URI server;
  private final Duration wholeAnswer;
  private final HttpClient client;
  private final @Nullable String proxy;

  /// @throws IOException if the certificates to trust are none
  Http(URI server, Uplink uplink) throws IOException {
    this(server, uplink, WHOLE_ANSWER);
  }

  /// @param wholeAnswer from the question to the last byte of its answer
  Http(URI server, Uplink uplink, Duration wholeAnswer) throws IOException {
    this.server = server;
    this.wholeAnswer = wholeAnswer;
    this.proxy = uplink.proxy();
    var building =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    var ca = uplink.ca();
    if (ca != null) {
      building.sslContext(
          TrustedCa.of(ca.getBytes(StandardCharsets.ISO_8859_1), "what this computer was given"));
    }
    // Without TLS a server is this computer itself, and a proxy would read what never leaves it.
    if (uplink.proxy() != null && "https".equals(server.getScheme())) {
      var proxy = InetSocketAddress.createUnresolved(uplink.proxyHost(), uplink.proxyPort());
      building.proxy(ProxySelector.of(proxy));
    }
    this.client = building.build();
  }

  @Override
  public Answer get(String path, int limit) throws IOException {
    return send(HttpRequest.newBuilder(at(path)).GET(), limit);
  }

  @Override
  public Answer post(String path, Map<String, String> headers, byte[] body, int limit)
      throws IOException {
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

  private Answer send(HttpRequest.Builder builder, int limit) throws IOException {
    var request = builder.timeout(PATIENCE).build();
    var answer = client.sendAsync(request, _ -> new BoundedBody(limit + 1));
    try {
      var response = answer.get(wholeAnswer.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
          response.statusCode(),
          response.body(),
          response
              .headers()
              .firstValue("retry-after")
              .or(() -> response.headers().firstValue(Headers.NEXT_CONTACT))
              .orElse(null));
    } catch (TimeoutException e) {
      throw new IOException(
          server + " had not given its whole answer after " + wholeAnswer.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      var cause = e.getCause();
      throw cause instanceof IOException failure ? told(failure) : new IOException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + server, e);
    } finally {
      answer.cancel(true); // gives the connection up where the answer has not come
    }
  }

  /// Java says of a proxy that refuses no more than its status, and of a server that is not there
  /// nothing at all.
  private IOException told(IOException failure) {
    var said = failure.getMessage();
    if (said == null) {
      return new IOException(why(failure, proxy == null ? server.getAuthority() : proxy), failure);
    }
    if (proxy == null || !said.startsWith(NO_TUNNEL)) {
      return failure;
    }
    return new IOException(
        "the proxy "
            + proxy
            + " does not connect to "
            + server
            + ": it answered "
            + said.substring(NO_TUNNEL.length())
            + (said.endsWith(" 407") ? ", so it wants a password, which no agent has" : ""),
        failure);
  }

  private static String why(IOException failure, String address) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "the name in " + address + " is not known here";
      }
    }
    return failure instanceof ConnectException
        ? "nothing answers at " + address
        : address + ": " + failure.getClass().getSimpleName();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
