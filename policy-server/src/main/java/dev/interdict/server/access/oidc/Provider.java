package dev.interdict.server.access.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The provider over HTTP: its metadata, its keys, its token endpoint. Answers are bounded, nothing
/// is followed elsewhere, and keys are fetched again at most once in [#KEYS_EVERY], however many
/// key ids somebody makes up. Thread-safe.
final class Provider {
  static final Duration KEYS_EVERY = Duration.ofMinutes(5);
  private static final Duration METADATA_FOR = Duration.ofHours(6);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonLimits LIMITS = JsonLimits.FOREIGN.withBytes(256 << 10);

  private final OidcSettings settings;
  private final HttpClient client;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Metadata metadata;
  private @Nullable Keys keys;

  Provider(OidcSettings settings, HttpClient client, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.clock = clock;
  }

  /// Where the provider's endpoints are.
  record Metadata(URI authorization, URI token, URI keys, Instant at) {}

  private record Keys(JWKSet set, Instant at) {}

  Metadata metadata() throws RefusedSignInException {
    lock.lock();
    try {
      var known = metadata;
      if (known == null || known.at().plus(METADATA_FOR).isBefore(clock.instant())) {
        known = fetched();
        metadata = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private Metadata fetched() throws RefusedSignInException {
    var issuer = settings.issuer().toString();
    var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    var found = json(get(URI.create(base + "/.well-known/openid-configuration")));
    if (!issuer.equals(text(found, "issuer"))) {
      throw new RefusedSignInException("the metadata are of another issuer than " + issuer);
    }
    return new Metadata(
        place(found, "authorization_endpoint"),
        place(found, "token_endpoint"),
        place(found, "jwks_uri"),
        clock.instant());
  }

  private static URI place(Json.Obj metadata, String name) throws RefusedSignInException {
    try {
      return OidcSettings.checkPlace(URI.create(text(metadata, name)));
    } catch (IllegalArgumentException e) {
      throw new RefusedSignInException("the provider's " + name + " is unfit", e);
    }
  }

  /// The provider's keys; fetched again where `id` is none of theirs.
  JWKSet keys(@Nullable String id) throws RefusedSignInException {
    var place = metadata().keys();
    lock.lock();
    try {
      var known = keys;
      var now = clock.instant();
      var may = known == null || !known.at().plus(KEYS_EVERY).isAfter(now);
      if (known == null || may && (id == null || known.set().getKeyByKeyId(id) == null)) {
        known = new Keys(JWKSet.parse(get(place)), now);
        keys = known;
      }
      return known.set();
    } catch (ParseException e) {
      throw new RefusedSignInException("the provider's keys cannot be read", e);
    } finally {
      lock.unlock();
    }
  }

  /// Exchanges a code; returns the ID token as it was sent.
  String idToken(String code, String verifier) throws RefusedSignInException {
    var request =
        HttpRequest.newBuilder(metadata().token())
            .timeout(PATIENCE)
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
    return text(json(answer), "id_token");
  }

  private String get(URI place) throws RefusedSignInException {
    return send(
        HttpRequest.newBuilder(place)
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build());
  }

  private String send(HttpRequest request) throws RefusedSignInException {
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var body = answer.body()) {
        var bytes = body.readNBytes(LIMITS.bytes() + 1);
        if (answer.statusCode() != 200 || bytes.length > LIMITS.bytes()) {
          throw new RefusedSignInException(
              request.uri().getPath() + " answered " + answer.statusCode());
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new RefusedSignInException("the provider does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedSignInException("broken off", e);
    }
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
