package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A server as its API answers. Whatever it refuses ends the command with the exit code that the
/// same refusal has on the server's own machine.
final class RemoteServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 32, 1 << 20, 2_000_000, false);

  private final Profile profile;
  private final HttpClient client;

  RemoteServer(Profile profile) throws IOException {
    this.profile = profile;
    var builder =
        HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
    var authorities = profile.authorities();
    client = (authorities == null ? builder : builder.sslContext(believing(authorities))).build();
  }

  private static SSLContext believing(Path authorities) throws IOException {
    try (var in = Files.newInputStream(authorities)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), one);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new Failure(
          Exit.TRUST, authorities + " holds no certificates to believe: " + e.getMessage());
    }
  }

  /// A query of those that have values, each of which may have several.
  static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            each -> each.getValue().stream().map(value -> each.getKey() + "=" + encoded(value)))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// What stands at a path below the API.
  Json.Obj get(String path) {
    try (var in = open(path)) {
      if (JsonReader.read(in.readNBytes(LIMITS.bytes()), LIMITS) instanceof Json.Obj object) {
        return object;
      }
      throw new JsonException("it is no object");
    } catch (JsonException e) {
      throw new Failure(
          Exit.UNREACHABLE, profile.server() + " answers nonsense: " + e.getMessage());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// At most `most` rows of a list, page by page.
  List<Json.Obj> list(String path, String name, Map<String, List<String>> filter, int most) {
    var rows = new ArrayList<Json.Obj>();
    var query = query(filter);
    String next = "";
    while (next != null && rows.size() < most) {
      var size = "&size=" + Math.min(1_000, most - rows.size());
      var page = get(path + query + size + (next.isEmpty() ? "" : "&page_after=" + encoded(next)));
      if (page.get(name) instanceof Json.Arr(var items)) {
        items.forEach(item -> rows.add((Json.Obj) item));
      }
      next = page.get("next") instanceof Json.Text(var word) ? word : null;
    }
    return rows;
  }

  /// The body at a path, as it comes.
  InputStream open(String path) {
    var request =
        HttpRequest.newBuilder(profile.server().resolve("/api/v1" + path))
            .header("Authorization", "Bearer " + profile.token())
            .timeout(PATIENCE)
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() / 100 == 2) {
        return answer.body();
      }
      try (var body = answer.body()) {
        throw refused(answer.statusCode(), body.readNBytes(64 << 10));
      }
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.UNREACHABLE, "broken off");
    }
  }

  private Failure unreachable(IOException e) {
    var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Failure(Exit.UNREACHABLE, "cannot reach " + profile.server() + ": " + why);
  }

  private Failure refused(int status, byte[] body) {
    var why = problem(body);
    var words = why == null ? "it answers " + status : why;
    return switch (status) {
      case 401 ->
          new Failure(Exit.REFUSED, "the token lets nobody in any more; log in again: " + words);
      case 404 -> new Failure(Exit.FOUND, words);
      case 400 -> new Failure(Exit.USAGE, words);
      case 409, 412 -> new Failure(Exit.CONFLICT, words);
      case 429, 502, 503, 504 ->
          new Failure(Exit.UNREACHABLE, profile.server() + " is busy: " + words);
      default -> new Failure(Exit.REFUSED, words);
    };
  }

  private static @Nullable String problem(byte[] body) {
    try {
      if (JsonReader.read(body, LIMITS) instanceof Json.Obj problem) {
        var detail = problem.get("detail") == null ? problem.get("title") : problem.get("detail");
        return detail instanceof Json.Text(var text) ? text : null;
      }
    } catch (JsonException e) {
      // Said by its status.
    }
    return null;
  }

  @Override
  public void close() {
    client.close();
  }
}
