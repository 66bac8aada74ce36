package dev.interdict.server.access.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.peer.PublicAddress;
import dev.interdict.server.peer.Resolver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The provider over HTTP: its metadata, its keys, its token endpoint. Answers are bounded, nothing
/// is followed elsewhere, and keys are fetched again at most once in [#KEYS_EVERY], however many
/// key ids somebody makes up. Thread-safe.
final class Provider {
  static final Duration KEYS_EVERY = Duration.ofMinutes(5);
  private static final Duration METADATA_FOR = Duration.ofHours(6);

  /// How long a key that the provider withdrew is still believed, at most.
  static final Duration KEYS_FOR = Duration.ofHours(6);

  private static final JsonLimits LIMITS = JsonLimits.FOREIGN.withBytes(256 << 10);

  private static final HttpResponse.BodyHandler<String> BODY =
      HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);

  private final OidcSettings settings;
  private final HttpClient client;
  private final InstantSource clock;
  private final Duration patience;
  private final Published<Metadata> metadata;
  private final Published<JWKSet> keys;

  /// @param patience for each answer, from the first byte sent to the last one read
  Provider(OidcSettings settings, HttpClient client, InstantSource clock, Duration patience) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
    this.patience = patience;
    this.metadata = new Published<>(this::fetchMetadata, clock);
    this.keys = new Published<>(this::fetchKeys, clock);
  }

  /// Where the provider's endpoints are.
  record Metadata(URI authorization, URI token, URI keys) {}

  Metadata metadata() throws RefusedSignInException {
    return awaited(metadata.get(copy -> copy.at().plus(METADATA_FOR).isAfter(clock.instant())))
        .value();
  }

  private CompletableFuture<Metadata> fetchMetadata() {
    var issuer = settings.issuer().toString();
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return get(URI.create(base + "/.well-known/openid-configuration"))
        .thenApply(
            reading(text -> {
              var found = json(text);
              if (!issuer.equals(text(found, "issuer"))) {
                throw new RefusedSignInException(
                    "the metadata are of another issuer than " + issuer);
              }
              return new Metadata(
                  place(found, "authorization_endpoint"),
                  called(found, "token_endpoint"),
                  called(found, "jwks_uri"));
            }));
  }

  private static URI place(Json.Obj metadata, String name) throws RefusedSignInException {
    try {
      return OidcSettings.checkPlace(URI.create(text(metadata, name)));
    } catch (IllegalArgumentException e) {
      throw new RefusedSignInException("the provider's " + name + " is unfit", e);
    }
  }

  /// A place that this server itself will call: at a host that an administrator named, as the
  /// issuer's is, or in the public internet. A provider is not to have us call something inside,
  /// such as a cloud's metadata service.
  private URI called(Json.Obj metadata, String name) throws RefusedSignInException {
    var place = place(metadata, name);
    if (!settings.isNamed(place.getHost())) {
      checkPublic(place, name);
    }
    return place;
  }

  private void checkPublic(URI place, String name) throws RefusedSignInException {
    try {
      for (var address : Resolver.SYSTEM.addresses(place.getHost())) {
        if (!PublicAddress.is(address)) {
          throw new RefusedSignInException(
              "the provider's "
                  + name
                  + " is "
                  + place
                  + " at "
                  + address.getHostAddress()
                  + ", no address of the public internet; if that is meant, name the host in"
                  + " oidc.allow of server.yaml");
        }
      }
    } catch (IOException e) {
      throw new RefusedSignInException("the provider's " + name + " has no address", e);
    }
  }

  /// The provider's keys; fetched again after [#KEYS_FOR], and where `id` is none of theirs.
  JWKSet keys(@Nullable String id) throws RefusedSignInException {
    var _ = metadata();
    return awaited(
            keys.get(copy ->
                copy.at().plus(KEYS_EVERY).isAfter(clock.instant())
                    || id != null
                        && copy.value().getKeyByKeyId(id) != null
                        && copy.at().plus(KEYS_FOR).isAfter(clock.instant())))
        .value();
  }

  private CompletableFuture<JWKSet> fetchKeys() {
    return metadata
        .get(_ -> true)
        .thenCompose(copy -> get(copy.value().keys()))
        .thenApply(
            reading(text -> {
              try {
                return JWKSet.parse(text);
              } catch (ParseException e) {
                throw new RefusedSignInException("the provider's keys cannot be read", e);
              }
            }));
  }

  /// Exchanges a code; returns the ID token as it was sent.
  String idToken(String code, String verifier) throws RefusedSignInException {
    var request =
        HttpRequest.newBuilder(metadata().token())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    var form =
        Form.of(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                settings.redirect().toString(),
                "client_id",
                settings.clientId(),
                "code_verifier",
                verifier));
    if (!settings.secret().isEmpty()) {
      request.header("Authorization", Form.basic(settings.clientId(), settings.secret()));
    }
    var answer = send(request.POST(HttpRequest.BodyPublishers.ofString(form)).build());
    return text(json(awaited(answer)), "id_token");
  }

  private CompletableFuture<String> get(URI place) {
    return send(HttpRequest.newBuilder(place).header("Accept", "application/json").build());
  }

  /// Ends within [#patience], whatever the provider does in mid-answer.
  private CompletableFuture<String> send(HttpRequest request) {
    var body = HttpResponse.BodyHandlers.limiting(BODY, LIMITS.bytes());
    var sent = client.sendAsync(request, body);
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> sent.cancel(true));
    return sent.thenApply(
        reading(answer -> {
          if (answer.statusCode() != 200) {
            throw new RefusedSignInException(
                request.uri().getPath() + " answered " + answer.statusCode());
          }
          return answer.body();
        }));
  }

  /// Reads an answer, or says why that cannot be done.
  @FunctionalInterface
  private interface Reading<I, O> {
    O read(I answer) throws RefusedSignInException;
  }

  private static <I, O> Function<I, O> reading(Reading<I, O> reading) {
    return answer -> {
      try {
        return reading.read(answer);
      } catch (RefusedSignInException e) {
        throw new CompletionException(e);
      }
    };
  }

  private <T> T awaited(CompletableFuture<T> future) throws RefusedSignInException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedSignInException("broken off", e);
    } catch (CancellationException e) {
      throw late(e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RefusedSignInException refused -> refused;
        case CancellationException cancelled -> late(cancelled);
        case null, default ->
            new RefusedSignInException("the provider does not answer: " + e.getMessage(), e);
      };
    }
  }

  private RefusedSignInException late(Exception cause) {
    return new RefusedSignInException(
        "the provider did not answer whole within " + patience.toMillis() + " ms", cause);
  }

  private static Json.Obj json(String text) throws RefusedSignInException {
    try {
      if (JsonReader.read(text.getBytes(StandardCharsets.UTF_8), LIMITS)
          instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonException e) {
      throw new RefusedSignInException("the provider's answer is no JSON", e);
    }
    throw new RefusedSignInException("the provider's answer is no JSON object");
  }

  private static String text(Json.Obj object, String name) throws RefusedSignInException {
    if (object.get(name) instanceof Json.Text(var text)) {
      return text;
    }
    throw new RefusedSignInException("the provider's answer has no " + name);
  }
}
