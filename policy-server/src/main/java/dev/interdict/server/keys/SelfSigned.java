package dev.interdict.server.keys;

import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.Signer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V1TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// The certificate that stands beside a key because stores want one there: it carries the public
/// half and nothing else. Agents never see it, and nobody trusts it.
///
/// Name and serial number come from the key's id, so that no two of them are mistaken for each
/// other; it says nothing of a person and does not expire (RFC 5280, section 4.1.2.5).
final class SelfSigned {
  private static final Instant ALWAYS = Instant.parse("2000-01-01T00:00:00Z");

  /// RFC 8410, section 3.
  private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

  private static final String NEVER = "99991231235959Z";

  private SelfSigned() {}

  static X509Certificate certificate(PublicKey publicKey, Signer signer) throws IOException {
    var id = signer.key().id().value();
    var name = new X500Name("CN=Interdict signing key " + id.substring(0, 16));
    var algorithm = algorithm(KeyScheme.of(signer.key()).orElseThrow());
    var generator = new V1TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(id.substring(0, 30), 16)));
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(new Time(Date.from(ALWAYS)));
    generator.setEndDate(new Time(new ASN1GeneralizedTime(NEVER)));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()));
    generator.setSignature(algorithm);
    var body = generator.generateTBSCertificate();
    var signature = new DERBitString(signer.sign(body.getEncoded(ASN1Encoding.DER)));
    var whole = new DERSequence(new ASN1Encodable[] {body, algorithm, signature});
    try {
      var bytes = new ByteArrayInputStream(whole.getEncoded(ASN1Encoding.DER));
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime does not read its own certificate", e);
    }
  }

  private static AlgorithmIdentifier algorithm(KeyScheme scheme) {
    return switch (scheme) {
      case ED25519 -> new AlgorithmIdentifier(ED25519);
      case ECDSA_P256 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      case RSA_PSS -> {
        var sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        var mask = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256);
        yield new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_RSASSA_PSS,
            new RSASSAPSSparams(sha256, mask, new ASN1Integer(32), new ASN1Integer(1)));
      }
    };
  }
}
