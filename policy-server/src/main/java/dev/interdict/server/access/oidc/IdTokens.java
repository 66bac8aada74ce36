package dev.interdict.server.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.interdict.identity.Printable;
import dev.interdict.server.access.Vouched;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges ID tokens (OpenID Connect Core 1.0, section 3.1.3.7). The algorithms are ours to choose:
/// a token says which it was signed with, and is believed that only within this list, and only with
/// a public key of the provider. Thread-safe.
final class IdTokens {
  /// Each with the kind of key that it takes: one that fits another kind is no key for it.
  private static final Map<JWSAlgorithm, String> ALGORITHMS =
      Map.of(JWSAlgorithm.RS256, "RSA", JWSAlgorithm.PS256, "RSA", JWSAlgorithm.ES256, "EC");

  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final Duration OLDEST = Duration.ofMinutes(10);
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST = 32 << 10;
  private static final int MOST_GROUPS = 2_000;

  private final OidcSettings settings;
  private final Provider provider;
  private final InstantSource clock;

  IdTokens(OidcSettings settings, Provider provider, InstantSource clock) {
    this.settings = settings;
    this.provider = provider;
    this.clock = clock;
  }

  /// Whom the provider vouches for.
  ///
  /// @param externalId by what a directory may know the person
  /// @param userName what the person is called to sign in; empty where it is not told
  /// @param display for people to read; says nothing of who it is
  /// @param authenticatedAt when the person last gave a credential there; null where it is not told
  record Subject(
      String subject,
      String externalId,
      String userName,
      String display,
      Set<String> groups,
      @Nullable Instant authenticatedAt) {
    Vouched vouched(String issuer) {
      return new Vouched(issuer, subject, externalId, userName, display);
    }
  }

  Subject verified(String token, String nonce) throws RefusedSignInException {
    try {
      if (token.length() > LONGEST) {
        throw new RefusedSignInException("the ID token is too long");
      }
      var signed = SignedJWT.parse(token);
      checkSignature(signed);
      return subject(signed.getJWTClaimsSet(), nonce);
    } catch (ParseException | JOSEException e) {
      throw new RefusedSignInException("the ID token cannot be read", e);
    }
  }

  private void checkSignature(SignedJWT token) throws RefusedSignInException, JOSEException {
    var header = token.getHeader();
    var type = ALGORITHMS.get(header.getAlgorithm());
    if (type == null) {
      throw new RefusedSignInException("the ID token is signed with " + header.getAlgorithm());
    }
    var id = header.getKeyID();
    for (var key : provider.keys(id).getKeys()) {
      if (fits(key, type, header.getAlgorithm(), id) && key instanceof AsymmetricJWK asymmetric) {
        var verifier =
            new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey());
        if (token.verify(verifier)) {
          return;
        }
      }
    }
    throw new RefusedSignInException("no key of the provider signed the ID token");
  }

  private static boolean fits(JWK key, String type, JWSAlgorithm algorithm, @Nullable String id) {
    return key.getKeyType().getValue().equals(type)
        && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
        && (id == null || id.equals(key.getKeyID()));
  }

  private Subject subject(JWTClaimsSet claims, String nonce)
      throws RefusedSignInException, ParseException {
    var now = clock.instant();
    require(settings.issuer().toString().equals(claims.getIssuer()), "issuer");
    require(claims.getAudience().contains(settings.clientId()), "audience");
    var party = claims.getStringClaim("azp");
    require(
        party == null ? claims.getAudience().size() == 1 : party.equals(settings.clientId()),
        "authorized party");
    require(nonce.equals(claims.getStringClaim("nonce")), "nonce");
    require(isAfter(claims.getExpirationTime(), now.minus(SKEW)), "expiry");
    require(isAfter(claims.getIssueTime(), now.minus(OLDEST)), "time of issue");
    require(!isAfter(claims.getIssueTime(), now.plus(SKEW)), "time of issue");
    var notBefore = claims.getNotBeforeTime();
    require(notBefore == null || !isAfter(notBefore, now.plus(SKEW)), "not-before");
    var subject = claims.getSubject();
    require(
        subject != null && !subject.isBlank() && subject.length() <= LONGEST_SUBJECT, "subject");
    var authenticated = claims.getDateClaim("auth_time");
    return new Subject(
        subject,
        // Entra's subject is another one for each application; its directory has the object's id.
        text(claims, List.of("oid", "sub")),
        text(claims, List.of("preferred_username", "upn", "email")),
        display(claims),
        groups(claims),
        authenticated == null ? null : authenticated.toInstant());
  }

  private static void require(boolean holds, String what) throws RefusedSignInException {
    if (!holds) {
      throw new RefusedSignInException("the ID token's " + what + " is not what it must be");
    }
  }

  private static boolean isAfter(@Nullable Date date, Instant than) {
    return date != null && date.toInstant().isAfter(than);
  }

  /// The first of these claims that is a text of bearable length; empty without one.
  private static String text(JWTClaimsSet claims, List<String> names) {
    return names.stream()
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isBlank() && text.length() <= LONGEST_SUBJECT)
        // Databases do not take all of them.
        .filter(text -> text.codePoints().allMatch(Printable::isSafe))
        .findFirst()
        .orElse("");
  }

  private static String display(JWTClaimsSet claims) {
    for (var claim : List.of("preferred_username", "email", "name")) {
      if (claims.getClaim(claim) instanceof String text && !text.isBlank()) {
        var printable = Printable.of(text);
        return printable.substring(0, Math.min(printable.length(), 100));
      }
    }
    return "";
  }

  private Set<String> groups(JWTClaimsSet claims) throws RefusedSignInException {
    var groups = new java.util.HashSet<String>();
    // Some providers write a list of one as that one.
    if (claims.getClaim(settings.groupsClaim()) instanceof String one) {
      return Set.of(one);
    }
    if (claims.getClaim(settings.groupsClaim()) instanceof List<?> list) {
      require(list.size() <= MOST_GROUPS, "list of groups");
      list.forEach(each -> {
        if (each instanceof String text) {
          groups.add(text);
        }
      });
    }
    return Set.copyOf(groups);
  }
}
