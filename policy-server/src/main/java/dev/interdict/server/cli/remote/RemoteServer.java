package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A server as its API answers. Whatever it refuses ends the command with the exit code that the
/// same refusal has on the server's own machine. A change is sent again where nobody knows whether
/// it arrived, under the same key, so that it is done once.
public final class RemoteServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern SESSION = Pattern.compile("(__Host-)?interdict=.+");
  private static final int TRIES = 3;
  private static final long LONGEST_WAIT = 60;
  private static final HttpResponse.BodyHandler<byte[]> BODY =
      HttpResponse.BodyHandlers.limiting(
          HttpResponse.BodyHandlers.ofByteArray(), Answer.LIMITS.bytes());

  private final HttpClient client;
  private final Duration patience;
  private final Proving proving;
  private final RemoteFailures failures;
  private Profile profile;

  /// @param proving who gives a password or a code where the server asks for one
  RemoteServer(Profile profile, Proving proving) throws IOException {
    this(profile, proving, PATIENCE);
  }

  /// @param patience for each answer, from the first byte sent to the last one read; and for a
  ///   change that the server is at
  RemoteServer(Profile profile, Proving proving, Duration patience) throws IOException {
    this.patience = patience;
    this.profile = profile;
    this.proving = proving;
    failures = new RemoteFailures(profile.server());
    var builder =
        HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER);
    var authorities = profile.authorities();
    client =
        (authorities == null ? builder : builder.sslContext(Authorities.of(authorities))).build();
  }

  /// A query of those that have values, each of which may have several.
  public static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            each -> each.getValue().stream().map(value -> each.getKey() + "=" + encoded(value)))
        .collect(Collectors.joining("&", "?", ""));
  }

  /// A word as a path or a query has it.
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Where it is.
  public String address() {
    return profile.server().toString();
  }

  /// What stands at a path below the API.
  public Json.Obj get(String path) {
    return read(path).body();
  }

  /// The same with its tag; empty where there is none.
  public Optional<Answer> find(String path) {
    var answer = asked(request("GET", path, null).build());
    return answer.status() == 404 ? Optional.empty() : Optional.of(done(answer));
  }

  /// The same with its tag.
  public Answer read(String path) {
    return done(asked(request("GET", path, null).build()));
  }

  /// At most `most` rows of a list, page by page.
  public List<Json.Obj> list(String path, String name, Map<String, List<String>> filter, int most) {
    var rows = new ArrayList<Json.Obj>();
    var query = query(filter);
    String next = "";
    while (next != null && rows.size() < most) {
      var size = "&size=" + Math.min(1_000, most - rows.size());
      var page = read(path + query + size + (next.isEmpty() ? "" : "&page_after=" + encoded(next)));
      rows.addAll(page.rows(name));
      var before = next;
      next = page.body().get("next") instanceof Json.Text(var word) ? word : null;
      if (before.equals(next)) {
        throw new Failure(Exit.UNREACHABLE, "the server names a page as the next of itself");
      }
    }
    return rows;
  }

  /// Makes a change.
  ///
  /// @param body null for none
  /// @param seen the tag of what was read; null where the change asks for none
  public Answer change(String method, String path, Json.@Nullable Obj body, @Nullable String seen) {
    var key = UUID.randomUUID().toString();
    var answer = patiently(method, path, body, seen, key);
    if (answer.isProblem("step-up")
        && profile.credential() instanceof Credential.SignedIn signedIn) {
      profile = proving.renew(this, profile, signedIn);
      answer = patiently(method, path, body, seen, key);
    }
    return done(answer);
  }

  private Progress waiting() {
    return Progress.of(proving.console(), "waiting for " + profile.server());
  }

  private Answer patiently(
      String method, String path, Json.@Nullable Obj body, @Nullable String seen, String key) {
    try (var _ = waiting()) {
      return tried(method, path, body, seen, key);
    }
  }

  private Answer tried(
      String method, String path, Json.@Nullable Obj body, @Nullable String seen, String key) {
    var left = TRIES;
    Long end = null;
    while (true) {
      var request = request(method, path, body).header("Idempotency-Key", key);
      if (seen != null) {
        request.header("If-Match", seen);
      }
      var wait = 1L;
      try {
        var sent = whole(request.build());
        var answer = answer(sent);
        wait = RetryAfter.seconds(sent.headers());
        if (answer.isProblem("in-progress")) {
          // An earlier try arrived and is being done, so this one was none.
          end = end == null ? System.nanoTime() + patience.toNanos() : end;
          if (System.nanoTime() - end > 0) {
            return answer;
          }
        } else if (--left == 0 || !isBusy(answer.status()) || wait > LONGEST_WAIT) {
          return answer;
        }
      } catch (IOException e) {
        if (--left == 0) {
          throw failures.unreachable(e);
        }
      } catch (InterruptedException e) {
        throw RemoteFailures.interrupted();
      }
      sleep(Math.clamp(wait, 1, LONGEST_WAIT));
    }
  }

  private static void sleep(long seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw RemoteFailures.interrupted();
    }
  }

  private static boolean isBusy(int status) {
    return status == 429 || status >= 502 && status <= 504;
  }

  /// An answer with all of its body, within the patience for both.
  private HttpResponse<byte[]> whole(HttpRequest request) throws IOException, InterruptedException {
    var sent = client.sendAsync(request, BODY);
    try {
      return sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  /// What the server says to a request that anybody may make once, whatever it says.
  Answer ask(String path, Json.Obj body) {
    return asked(request("POST", path, body).build());
  }

  private Answer asked(HttpRequest request) {
    try (var _ = waiting()) {
      return answer(whole(request));
    } catch (IOException e) {
      throw failures.unreachable(e);
    } catch (InterruptedException e) {
      throw RemoteFailures.interrupted();
    }
  }

  private Answer answer(HttpResponse<byte[]> answer) {
    var headers = answer.headers();
    var cookie =
        headers.allValues("Set-Cookie").stream()
            .map(field -> field.split(";", 2)[0])
            .filter(field -> SESSION.matcher(field).matches())
            .findFirst()
            .orElse(null);
    var tag = headers.firstValue("ETag").orElse(null);
    try {
      return new Answer(answer.statusCode(), Answer.object(answer.body()), tag, cookie);
    } catch (JsonException e) {
      if (answer.statusCode() / 100 != 2) {
        return new Answer(answer.statusCode(), Json.object().build(), tag, cookie);
      }
      throw new Failure(
          Exit.UNREACHABLE, profile.server() + " answers nonsense: " + e.getMessage());
    }
  }

  /// The body at a path, as it comes.
  InputStream open(String path) {
    try {
      var request = request("GET", path, null).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() / 100 == 2) {
        return answer.body();
      }
      try (var body = answer.body()) {
        var why = Answer.object(body.readNBytes(64 << 10));
        var refused = new Answer(answer.statusCode(), why, null, null);
        if (refused.isProblem("step-up")
            && profile.credential() instanceof Credential.SignedIn signedIn) {
          profile = proving.renew(this, profile, signedIn);
          return open(path);
        }
        throw failures.refused(refused);
      }
    } catch (JsonException e) {
      throw new Failure(Exit.UNREACHABLE, profile.server() + " refuses, and does not say why");
    } catch (IOException e) {
      throw failures.unreachable(e);
    } catch (InterruptedException e) {
      throw RemoteFailures.interrupted();
    }
  }

  private HttpRequest.Builder request(String method, String path, Json.@Nullable Obj body) {
    var request =
        HttpRequest.newBuilder(profile.server().resolve("/api/v1" + path)).timeout(patience);
    profile.credential().addTo(request);
    if (body == null) {
      return request.method(method, HttpRequest.BodyPublishers.noBody());
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofByteArray(JsonWriter.compact(body)));
  }

  private Answer done(Answer answer) {
    if (answer.isDone()) {
      return answer;
    }
    throw failures.refused(answer);
  }

  @Override
  public void close() {
    client.close();
  }
}
