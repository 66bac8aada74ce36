package dev.interdict.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Repository files over plain HTTP for the conformance suite. The old client of the JDK, because
/// the suite starts a process hundreds of times and this one is there soonest.
///
/// @param targets where targets are, or null where none is asked for
record ConformanceFetcher(URI metadata, @Nullable URI targets) implements Fetcher {
  private static final String TARGETS = "targets/";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public byte @Nullable [] fetch(String path, int limit) throws UnreachableException {
    var url =
        path.startsWith(TARGETS) && targets != null
            ? targets + path.substring(TARGETS.length())
            : metadata + path;
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      return switch (connection.getResponseCode()) {
        case HttpURLConnection.HTTP_OK -> {
          try (var body = connection.getInputStream()) {
            yield read(body, limit);
          }
        }
        case HttpURLConnection.HTTP_NOT_FOUND -> null;
        default -> throw new IOException("answer " + connection.getResponseCode());
      };
    } catch (IOException e) {
      throw new UnreachableException("no answer for " + url + ": " + e, e);
    }
  }

  private static byte[] read(InputStream body, int limit) throws IOException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var bytes = new ByteArrayOutputStream();
    var part = new byte[8 << 10];
    while (bytes.size() <= limit) {
      var read = body.read(part, 0, Math.min(part.length, limit + 1 - bytes.size()));
      if (read < 0) {
        return bytes.toByteArray();
      }
      bytes.write(part, 0, read);
      if (System.nanoTime() - end > 0) {
        throw new IOException("the body was not complete after " + PATIENCE.toSeconds() + " s");
      }
    }
    return bytes.toByteArray();
  }
}
