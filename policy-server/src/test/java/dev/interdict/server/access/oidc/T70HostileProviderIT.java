package dev.interdict.server.access.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.interdict.server.MovableClock;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.main.Parts;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.TestingDatabase;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 70: whatever a provider, or somebody between, makes up lets nobody in.
class T70HostileProviderIT {
  private static final List<OidcSettings.Mapping> GROUPS =
      List.of(
          new OidcSettings.Mapping("authors", Set.of(Role.HELPDESK), Scope.of(List.of("R&D"))),
          new OidcSettings.Mapping("readers", Set.of(Role.VIEWER), Scope.of(List.of("R&D"))),
          new OidcSettings.Mapping("admins", Set.of(Role.ADMINISTRATOR), Scope.WHOLE));

  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));

  @TempDir Path folder;
  private HandwrittenProvider provider;
  private Parts parts;
  private OidcLogin login;

  @BeforeEach
  void start() throws Exception {
    provider = new HandwrittenProvider(clock);
    parts = Parts.open(TestingDatabase.config(folder), new SecureRandom(), clock);
    login = login();
  }

  @AfterEach
  void stop() {
    parts.close();
    provider.close();
  }

  private OidcLogin login() {
    return login(Duration.ofSeconds(10));
  }

  private OidcLogin login(Duration patience) {
    return new OidcLogin(
        provider.settings(GROUPS),
        parts.database(),
        parts.accounts(),
        parts.sessions(),
        new SecureRandom(),
        clock,
        patience);
  }

  private record Flow(String state, String challenge, String browser) {}

  private Flow begin() {
    var begun = login.begin("/devices", false).orElseThrow();
    var query = query(begun.provider());
    provider.nonce = String.valueOf(query.get("nonce"));
    return new Flow(
        String.valueOf(query.get("state")),
        String.valueOf(query.get("code_challenge")),
        begun.browser());
  }

  private static Map<String, String> query(URI place) {
    var query = new TreeMap<String, String>();
    for (var pair : place.getRawQuery().split("&")) {
      var parts = pair.split("=", 2);
      query.put(parts[0], parts[1]);
    }
    return query;
  }

  private Optional<OidcLogin.Back> back(Flow flow) {
    return login.back(flow.state(), "code", flow.browser(), "127.0.0.1")
            instanceof OidcLogin.Back back
        ? Optional.of(back)
        : Optional.empty();
  }

  private Optional<OidcLogin.Back> with(UnaryOperator<JWTClaimsSet.Builder> change) {
    var flow = begin();
    provider.token = _ -> provider.signed(change);
    return back(flow);
  }

  @Test
  void a_person_with_a_mapped_group_gets_what_it_is_mapped_to() throws Exception {
    var flow = begin();
    var back = back(flow).orElseThrow();
    var session = back.signedIn().session();
    assertEquals("/devices", back.destination());
    assertEquals(Set.of(Role.HELPDESK), session.roles());
    assertEquals(Scope.of(List.of("R&D")), session.scope());
    assertEquals(Session.Kind.PERSON, session.kind());
    var hash =
        MessageDigest.getInstance("SHA-256")
            .digest(provider.verifier.getBytes(StandardCharsets.US_ASCII));
    assertEquals(Base64.getUrlEncoder().withoutPadding().encodeToString(hash), flow.challenge());
  }

  @Test
  void a_group_that_is_not_mapped_gives_nothing() {
    for (var groups :
        List.of(List.of("others"), List.of(), List.of("AUTHORS"), List.of("authors "))) {
      assertTrue(with(claims -> claims.claim("groups", groups)).isEmpty(), groups::toString);
    }
    assertTrue(with(claims -> claims.claim("groups", null)).isEmpty());
    assertTrue(with(claims -> claims.claim("groups", "authors others")).isEmpty());
    assertEquals(List.of(), parts.accounts().list());
  }

  @Test
  void one_group_alone_may_be_written_without_a_list() {
    var back = with(claims -> claims.claim("groups", "authors")).orElseThrow();
    assertEquals(Set.of(Role.HELPDESK), back.signedIn().session().roles());
  }

  /// Somebody who waits takes no more than that time of everybody else's, and no lock.
  @Test
  void a_provider_that_stops_in_mid_answer_is_waited_for_as_long_as_was_said() throws Exception {
    for (var path : List.of("/.well-known/openid-configuration", "/keys", "/token")) {
      login = login(Duration.ofMillis(500));
      var flow = path.startsWith("/.") ? null : begin();
      provider.stops = path;
      var from = System.nanoTime();
      var crowd = new ArrayList<Thread>();
      for (var i = 0; i < 8; i++) {
        crowd.add(Thread.ofVirtual().start(() -> login.begin("/", false)));
      }
      assertTrue(flow == null ? login.begin("/", false).isEmpty() : back(flow).isEmpty());
      for (var each : crowd) {
        each.join();
      }
      var took = Duration.ofNanos(System.nanoTime() - from);
      assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, path + " took " + took);
      provider.stops = "";
      assertTrue(with(claims -> claims).isPresent(), path);
    }
  }

  @Test
  void roles_of_one_part_of_the_fleet_do_not_reach_the_rest_by_another_group() {
    var session =
        with(claims -> claims.claim("groups", List.of("admins", "readers", "authors")))
            .orElseThrow()
            .signedIn()
            .session();
    assertEquals(Set.of(Role.HELPDESK, Role.VIEWER), session.roles());
    assertEquals(Scope.of(List.of("R&D")), session.scope());
  }

  @Test
  void a_token_without_a_good_signature_lets_nobody_in() throws Exception {
    var other = new RSAKeyGenerator(2048).keyID("one").generate();
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
    var hmac = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
    var pem = HandwrittenProvider.KEY.toRSAPublicKey().getEncoded();
    var good = provider.signed(claims -> claims);
    var parted = good.split("\\.");
    var forged =
        List.<UnaryOperator<String>>of(
            nonce -> new PlainJWT(provider.claims().build()).serialize(),
            nonce -> signed(header, () -> new RSASSASigner(other)),
            nonce -> signed(hmac, () -> new MACSigner(pem)),
            nonce ->
                signed(
                    hmac,
                    () -> new MACSigner(HandwrittenProvider.KEY.toPublicJWK().toJSONString())),
            nonce -> parted[0] + "." + parted[1] + ".",
            nonce -> provider.signed(claims -> claims).replaceAll("\\.[^.]*$", "." + parted[2]),
            nonce -> "",
            nonce -> "x.y.z",
            nonce -> "x".repeat(100_000));
    for (var i = 0; i < forged.size(); i++) {
      var flow = begin();
      provider.token = forged.get(i)::apply;
      assertTrue(back(flow).isEmpty(), "forged token " + i);
    }
  }

  /// Which algorithms count is ours to say: the right key does not make another one good.
  @Test
  void the_providers_own_key_signs_with_the_algorithms_of_our_list_alone() {
    for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256)) {
      assertTrue(signedWith(algorithm, "one").isPresent(), algorithm::getName);
    }
    for (var algorithm :
        List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS384, JWSAlgorithm.PS512)) {
      assertTrue(signedWith(algorithm, "one").isEmpty(), algorithm::getName);
    }
  }

  @Test
  void a_key_that_is_published_for_something_else_signs_no_token() {
    var key = HandwrittenProvider.KEY.toPublicJWK();
    for (var other :
        List.of(
            new RSAKey.Builder(key).keyUse(KeyUse.ENCRYPTION).build(),
            new RSAKey.Builder(key).algorithm(JWSAlgorithm.PS256).build())) {
      provider.keys = new JWKSet(other);
      login = login();
      assertTrue(signedWith(JWSAlgorithm.RS256, "one").isEmpty(), other::toString);
    }
    provider.keys = new JWKSet(new RSAKey.Builder(key).keyUse(KeyUse.SIGNATURE).build());
    login = login();
    assertTrue(signedWith(JWSAlgorithm.RS256, "one").isPresent());
  }

  /// Providers publish keys of several kinds, and need not say which one signed.
  @Test
  void keys_of_another_kind_keep_nobody_out() throws Exception {
    var curve = new ECKeyGenerator(Curve.P_256).keyID("two").generate().toPublicJWK();
    var shared = new OctetSequenceKeyGenerator(256).keyID("three").generate();
    provider.keys =
        new JWKSet(List.of(shared, curve, HandwrittenProvider.KEY.toPublicJWK())) {
          @Override
          public String toString() {
            return toString(false);
          }
        };
    assertTrue(signedWith(JWSAlgorithm.RS256, null).isPresent());
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).build();
    var flow = begin();
    provider.token = _ -> signed(header, () -> new MACSigner(shared));
    assertTrue(back(flow).isEmpty(), "what anybody may read signs nothing");
  }

  private Optional<OidcLogin.Back> signedWith(JWSAlgorithm algorithm, @Nullable String key) {
    var header = new JWSHeader.Builder(algorithm).keyID(key).build();
    var flow = begin();
    provider.token = _ -> signed(header, () -> new RSASSASigner(HandwrittenProvider.KEY));
    return back(flow);
  }

  @Test
  void a_token_that_is_good_and_too_much_lets_nobody_in() {
    assertTrue(with(claims -> claims.claim("picture", "x".repeat(20_000))).isPresent());
    assertTrue(with(claims -> claims.claim("picture", "x".repeat(30_000))).isEmpty());
    var groups = new ArrayList<>(Collections.nCopies(1_999, "g"));
    groups.add("authors");
    assertTrue(with(claims -> claims.claim("groups", List.copyOf(groups))).isPresent());
    groups.add("g");
    assertTrue(with(claims -> claims.claim("groups", List.copyOf(groups))).isEmpty());
  }

  /// Where it leads could be inside, and nobody named it.
  @Test
  void a_redirect_of_the_provider_is_not_followed() {
    for (var path : List.of("/.well-known/openid-configuration", "/keys", "/token")) {
      login = login();
      var flow = path.startsWith("/.") ? null : begin();
      provider.moved = path;
      assertTrue(flow == null ? login.begin("/", false).isEmpty() : back(flow).isEmpty(), path);
      provider.moved = "";
    }
    assertEquals(0, provider.movedAsked.get());
  }

  @Test
  void an_answer_of_the_provider_is_read_up_to_its_bound() {
    for (var path : List.of("/.well-known/openid-configuration", "/keys", "/token")) {
      provider.padded = path;
      provider.padding = 200 << 10;
      login = login();
      assertTrue(with(claims -> claims).isPresent(), path);
      provider.padding = 0;
      login = login();
      var flow = path.startsWith("/.") ? null : begin();
      provider.padding = 300 << 10;
      assertTrue(flow == null ? login.begin("/", false).isEmpty() : back(flow).isEmpty(), path);
    }
  }

  private interface Signing {
    com.nimbusds.jose.JWSSigner signer() throws JOSEException;
  }

  private String signed(JWSHeader header, Signing signing) {
    try {
      return HandwrittenProvider.signed(header, provider.claims().build(), signing.signer());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void claims_that_are_not_for_us_or_not_for_now_let_nobody_in() {
    var now = clock.instant();
    var wrong =
        List.<UnaryOperator<JWTClaimsSet.Builder>>of(
            claims -> claims.issuer("https://evil.example"),
            claims -> claims.issuer(provider.address() + "/"),
            claims -> claims.issuer(null),
            claims -> claims.audience("another"),
            claims -> claims.audience(List.of("interdict", "another")),
            claims -> claims.audience(List.of("interdict", "another")).claim("azp", "another"),
            claims -> claims.audience((String) null),
            claims -> claims.claim("nonce", "another"),
            claims -> claims.claim("nonce", null),
            claims -> claims.expirationTime(Date.from(now.minusSeconds(120))),
            claims -> claims.expirationTime(null),
            claims -> claims.issueTime(Date.from(now.minusSeconds(3600))),
            claims -> claims.issueTime(Date.from(now.plusSeconds(3600))),
            claims -> claims.issueTime(null),
            claims -> claims.notBeforeTime(Date.from(now.plusSeconds(3600))),
            claims -> claims.subject(null),
            claims -> claims.subject(" "),
            claims -> claims.subject("x".repeat(300)));
    for (var i = 0; i < wrong.size(); i++) {
      assertTrue(with(wrong.get(i)).isEmpty(), "wrong claims " + i);
    }
    assertTrue(with(claims -> claims).isPresent());
  }

  @Test
  void metadata_of_another_issuer_begin_nothing() {
    provider.issuer = "https://evil.example";
    assertTrue(login().begin("/", false).isEmpty());
  }

  @Test
  void a_state_comes_back_once_in_its_browser_and_in_time() {
    var flow = begin();
    var late = new OidcLogin.Refused(OidcLogin.Why.LATE, "/");
    assertEquals(late, login.back(flow.state(), "code", null, "127.0.0.1"));
    assertEquals(late, login.back(flow.state(), "code", "another", "127.0.0.1"));
    assertEquals(late, login.back("another", "code", flow.browser(), "127.0.0.1"));
    assertTrue(back(flow).isPresent());
    var asked = provider.codesAsked.get();
    assertTrue(back(flow).isEmpty());
    assertEquals(asked, provider.codesAsked.get());
    var old = begin();
    clock.move(Duration.ofMinutes(10));
    begin();
    assertEquals(
        new OidcLogin.Refused(OidcLogin.Why.LATE, "/devices"),
        login.back(old.state(), "code", old.browser(), "127.0.0.1"));
    var forgotten = begin();
    clock.move(Duration.ofMinutes(10).plus(OidcLogin.REMEMBERED));
    begin();
    assertEquals(late, login.back(forgotten.state(), "code", forgotten.browser(), "127.0.0.1"));
  }

  @Test
  void who_somebody_is_goes_by_the_subject_and_never_by_an_address() {
    var first = with(claims -> claims).orElseThrow().signedIn().session().account();
    var taker =
        with(claims -> claims.subject("subject-2")).orElseThrow().signedIn().session().account();
    assertNotEquals(first, taker);
    var renamed =
        with(claims -> claims.claim("email", "other@example.com"))
            .orElseThrow()
            .signedIn()
            .session()
            .account();
    assertEquals(first, renamed);
    parts.accounts().create("x", "li.na", "correct horse battery", Set.of(Role.ADMINISTRATOR));
    var named =
        with(claims -> claims.claim("preferred_username", "li.na"))
            .orElseThrow()
            .signedIn()
            .session();
    assertEquals(Set.of(Role.HELPDESK), named.roles());
    assertNotEquals("li.na", named.account());
  }

  @Test
  void somebody_disabled_or_moved_is_out() {
    var session = with(claims -> claims).orElseThrow().signedIn();
    with(claims -> claims.claim("groups", List.of("readers")));
    assertEquals(null, parts.sessions().find(session.id()));
    parts.accounts().disable("x", session.session().account());
    assertTrue(with(claims -> claims).isEmpty());
  }

  @Test
  void a_flood_of_key_ids_asks_for_the_keys_once() throws Exception {
    for (var i = 0; i < 20; i++) {
      var flow = begin();
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("made-up-" + i).build();
      var signer = new RSASSASigner(HandwrittenProvider.KEY);
      provider.token = _ -> HandwrittenProvider.signed(header, provider.claims().build(), signer);
      assertTrue(back(flow).isEmpty());
    }
    assertEquals(1, provider.keysAsked.get());
    assertTrue(with(claims -> claims).isPresent());
  }

  @Test
  void a_credential_given_long_ago_is_no_proof_now() {
    var at = clock.instant().minus(Duration.ofHours(1));
    var old = with(claims -> claims.claim("auth_time", at.getEpochSecond()));
    assertEquals(at, old.orElseThrow().signedIn().session().provedAt());
    var untold = with(claims -> claims.claim("auth_time", null));
    assertEquals(Instant.EPOCH, untold.orElseThrow().signedIn().session().provedAt());
    assertTrue(query(login.begin("/", true).orElseThrow().provider()).containsKey("max_age"));
  }
}
