package dev.interdict.server.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Certificates for a server that has no certificate authority to turn to: an authority of its own,
/// good for this server's names, and those below them, alone (RFC 5280, section 4.2.1.10), and what
/// that signs. Whoever trusts the authority believes it nothing about any other name, not even if
/// its key is stolen.
final class OwnCertificates {
  static final Duration OF_AUTHORITY = Duration.ofDays(3_650);

  /// Browsers and others refuse longer ones.
  static final Duration OF_SERVER = Duration.ofDays(397);

  private static final Duration SKEW = Duration.ofDays(1);
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final SecureRandom random;
  private final Instant now;

  OwnCertificates(SecureRandom random, Instant now) {
    this.random = random;
    this.now = now;
  }

  KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /// What clients are given to trust, signed by itself. Its key signs one [#issuer] and is then
  /// forgotten.
  X509Certificate root(KeyPair key, List<String> hosts) throws IOException {
    var name = new X500Name("CN=Interdict server CA of " + hosts.getFirst());
    return authority(name, name, key.getPublic(), key.getPrivate(), 1, hosts);
  }

  /// What signs servers' certificates, below a root: there, and not at the root itself, Java's own
  /// clients hold it to the hosts it is for.
  X509Certificate issuer(PublicKey key, List<String> hosts, X509Certificate root, PrivateKey its)
      throws IOException {
    var name = new X500Name("CN=Interdict issuing CA of " + hosts.getFirst());
    return authority(subject(root), name, key, its, 0, hosts);
  }

  private X509Certificate authority(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      PrivateKey signer,
      int below,
      List<String> hosts)
      throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(below));
    extensions.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    extensions.addExtension(Extension.nameConstraints, true, constraints(hosts));
    extensions.addExtension(Extension.subjectKeyIdentifier, false, identifier(key));
    return certificate(issuer, subject, key, signer, end(OF_AUTHORITY), extensions);
  }

  private Instant end(Duration validity) {
    return now.plus(validity).minus(SKEW);
  }

  private static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  /// A server's certificate for these hosts, signed by the authority, and no longer than that.
  X509Certificate server(
      PublicKey key, List<String> hosts, X509Certificate authority, PrivateKey its)
      throws IOException {
    var extensions = new ExtensionsGenerator();
    extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    extensions.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(hosts.stream().map(OwnCertificates::name).toArray(GeneralName[]::new)));
    extensions.addExtension(Extension.subjectKeyIdentifier, false, identifier(key));
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(identifier(authority.getPublicKey()).getKeyIdentifier()));
    var last = authority.getNotAfter().toInstant();
    var end = end(OF_SERVER);
    return certificate(
        subject(authority),
        new X500Name("CN=" + hosts.getFirst()),
        key,
        its,
        end.isBefore(last) ? end : last,
        extensions);
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static GeneralName name(String host) {
    return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  /// A kind of name of which nothing is permitted is not forbidden but free: so where the hosts
  /// have no address, all addresses are excluded, and where they have no name, the only one
  /// permitted is one that nobody can have (RFC 6761, section 6.4): excluding all names takes an
  /// empty one, at which Java's own clients fail on each certificate they check.
  private static NameConstraints constraints(List<String> hosts) {
    var permitted = new ArrayList<>(hosts.stream().map(OwnCertificates::subtree).toList());
    if (hosts.stream().allMatch(OwnCertificates::isAddress)) {
      permitted.add(subtree("invalid"));
    }
    var excluded =
        hosts.stream().anyMatch(OwnCertificates::isAddress)
            ? null
            : new GeneralSubtree[] {all(4), all(16)};
    return new NameConstraints(permitted.toArray(GeneralSubtree[]::new), excluded);
  }

  private static GeneralSubtree subtree(String host) {
    var whole = host.indexOf(':') >= 0 ? "/128" : "/32";
    return new GeneralSubtree(
        isAddress(host) ? new GeneralName(GeneralName.iPAddress, host + whole) : name(host));
  }

  /// All addresses of so many bytes: an address and a mask of zeros.
  private static GeneralSubtree all(int bytes) {
    return new GeneralSubtree(
        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[2 * bytes])));
  }

  private static SubjectKeyIdentifier identifier(PublicKey key) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new SubjectKeyIdentifier(java.util.Arrays.copyOf(hash, 20));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private X509Certificate certificate(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      PrivateKey signer,
      Instant end,
      ExtensionsGenerator extensions)
      throws IOException {
    var generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(127, random).setBit(120)));
    generator.setIssuer(issuer);
    generator.setSubject(subject);
    // A client's clock may be behind.
    generator.setStartDate(new Time(Date.from(now.minus(SKEW))));
    generator.setEndDate(new Time(Date.from(end)));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    generator.setSignature(ALGORITHM);
    generator.setExtensions(extensions.generate());
    var body = generator.generateTBSCertificate();
    try {
      var signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(signer, random);
      signing.update(body.getEncoded(ASN1Encoding.DER));
      var whole =
          new DERSequence(new ASN1Encodable[] {body, ALGORITHM, new DERBitString(signing.sign())});
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole.getEncoded(ASN1Encoding.DER)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime does not read its own certificate", e);
    }
  }
}
