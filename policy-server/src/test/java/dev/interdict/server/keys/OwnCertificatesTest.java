package dev.interdict.server.keys;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a client of Java's believes that has the root and gets the rest from whoever stole the key.
@Tag("any-database")
class OwnCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  private final OwnCertificates making = new OwnCertificates(new SecureRandom(), NOW);

  /// An authority for hosts, with the key that signs.
  private record Authority(X509Certificate root, X509Certificate issuer, KeyPair key) {}

  private Authority authority(String... hosts) throws Exception {
    var rootKey = making.key();
    var root = making.root(rootKey, List.of(hosts));
    var key = making.key();
    var issuer = making.issuer(key.getPublic(), List.of(hosts), root, rootKey.getPrivate());
    return new Authority(root, issuer, key);
  }

  private void present(Authority by, String... hosts) throws Exception {
    var certificate =
        making.server(making.key().getPublic(), List.of(hosts), by.issuer(), by.key().getPrivate());
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(by.root(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(certificate, by.issuer())),
            parameters);
  }

  private void refuse(Authority by, String host) {
    assertThrows(CertPathValidatorException.class, () -> present(by, host), host);
  }

  @Test
  void an_authority_for_a_name_signs_for_no_address_and_no_other_name() throws Exception {
    var authority = authority("interdict.example.com");
    present(authority, "interdict.example.com");
    for (var other : List.of("10.0.0.5", "127.0.0.1", "2001:db8::7", "bank.example.com")) {
      refuse(authority, other);
    }
  }

  @Test
  void an_authority_for_an_address_signs_for_no_name_and_no_other_address() throws Exception {
    for (var own : List.of("10.0.0.5", "2001:db8::5")) {
      var authority = authority(own);
      present(authority, own);
      for (var other : List.of("bank.example.com", "localhost", "10.0.0.6", "2001:db8::6")) {
        refuse(authority, other);
      }
    }
  }

  @Test
  void an_authority_for_both_signs_for_both_and_nothing_else() throws Exception {
    var authority = authority("interdict.example.com", "10.0.0.5");
    present(authority, "interdict.example.com", "10.0.0.5");
    for (var other : List.of("bank.example.com", "10.0.0.6", "2001:db8::6")) {
      refuse(authority, other);
    }
  }
}
