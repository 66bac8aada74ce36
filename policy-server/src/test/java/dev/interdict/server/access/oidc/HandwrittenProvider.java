package dev.interdict.server.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/// An identity provider that says what a test tells it to, on a free port of this machine.
public final class HandwrittenProvider implements AutoCloseable {
  static final RSAKey KEY = key("one");

  private final HttpServer server;
  private final InstantSource clock;
  final AtomicInteger keysAsked = new AtomicInteger();
  final AtomicInteger codesAsked = new AtomicInteger();

  /// The ID token for the nonce of the sign-in; whatever a test puts here is sent.
  public volatile Function<String, String> token;

  /// At which path an answer ends in its middle and its connection does not.
  volatile String stops = "";

  /// Which path is said to have moved to another one of this provider.
  volatile String moved = "";

  final AtomicInteger movedAsked = new AtomicInteger();

  /// At which path this many spaces follow.
  volatile String padded = "";

  volatile int padding = 0;

  private final CountDownLatch closing = new CountDownLatch(1);
  volatile String issuer;

  /// What the metadata say.
  volatile String tokenAt;

  volatile String keysAt;

  /// What it publishes.
  volatile JWKSet keys = new JWKSet(KEY.toPublicJWK());

  public volatile String nonce = "";
  volatile String verifier = "";

  public HandwrittenProvider(InstantSource clock) throws IOException {
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = address();
    tokenAt = address() + "/token";
    keysAt = address() + "/keys";
    token = nonceOfSignIn -> signed(claims -> claims);
    server.createContext("/.well-known/openid-configuration", this::metadata);
    server.createContext("/keys", this::keys);
    server.createContext("/token", this::token);
    server.createContext("/moved", this::moved);
    server.setExecutor(command -> Thread.ofVirtual().start(command));
    server.start();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public OidcSettings settings(List<OidcSettings.Mapping> groups) {
    return settings(groups, Set.of());
  }

  OidcSettings settings(List<OidcSettings.Mapping> groups, Set<String> allow) {
    try {
      return new OidcSettings(
          URI.create(address()),
          "interdict",
          "s",
          null,
          URI.create("http://127.0.0.1:1"),
          "groups",
          OidcSettings.SCOPES,
          allow,
          SSLContext.getDefault(),
          null,
          groups);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Claims as they ought to be.
  JWTClaimsSet.Builder claims() {
    var now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(address())
        .audience("interdict")
        .subject("subject-1")
        .claim("nonce", nonce)
        .claim("email", "li.na@example.com")
        .claim("groups", List.of("authors", "others"))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("auth_time", now.getEpochSecond());
  }

  public String signed(UnaryOperator<JWTClaimsSet.Builder> change) {
    try {
      return signed(
          new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
          change.apply(claims()).build(),
          new RSASSASigner(KEY));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  Instant now() {
    return clock.instant();
  }

  private void moved(HttpExchange exchange) throws IOException {
    movedAsked.incrementAndGet();
    switch (exchange.getRequestURI().getPath().substring("/moved".length())) {
      case "/keys" -> keys(exchange);
      case "/token" -> token(exchange);
      default -> metadata(exchange);
    }
  }

  private void metadata(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        JsonWriter.line(
            Json.object()
                .put("issuer", issuer)
                .put("authorization_endpoint", address() + "/authorize")
                .put("token_endpoint", tokenAt)
                .put("jwks_uri", keysAt)
                .build()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    keysAsked.incrementAndGet();
    answer(exchange, keys.toString());
  }

  private void token(HttpExchange exchange) throws IOException {
    codesAsked.incrementAndGet();
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    verifier = form.replaceAll(".*code_verifier=([^&]*).*", "$1");
    answer(exchange, JsonWriter.line(Json.object().put("id_token", token.apply(nonce)).build()));
  }

  private void answer(HttpExchange exchange, String body) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.equals(moved)) {
      exchange.getResponseHeaders().add("Location", address() + "/moved" + path);
      exchange.sendResponseHeaders(307, -1);
      exchange.close();
      return;
    }
    var bytes =
        (body + " ".repeat(path.equals(padded) ? padding : 0)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    if (path.equals(stops)) {
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
