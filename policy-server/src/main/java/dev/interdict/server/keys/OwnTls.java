package dev.interdict.server.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The certificate that a server made for itself, and the authority behind it, in its folder: what
/// clients are given to trust ([#authority]) stays the same when the certificate is renewed. The
/// key of that root is not kept; the one that is, below it, is good for the server's own names
/// alone.
///
/// @param folder the server's
public record OwnTls(Path folder) {
  /// When a certificate is renewed: so long before it ends.
  public static final Duration EARLY = Duration.ofDays(60);

  /// When people are told that the authority ends: they have all clients to reach.
  public static final Duration WARNING = Duration.ofDays(365);

  private static final Pattern NAME =
      Pattern.compile(
          "(?!-)[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})*|[0-9.]{7,15}|[0-9a-fA-F:]{2,39}");

  private static final String SERVER = "server";
  private static final String AUTHORITY = "authority";

  /// What clients are given, in the server's folder.
  public static final String CA_FILE = "tls-ca.pem";

  /// The certificate and its key, as `tls` in the settings names it.
  public Path store() {
    return folder.resolve("server.p12");
  }

  /// Of both stores.
  public Path password() {
    return folder.resolve("server.p12.password");
  }

  /// The key that signs certificates, with its own.
  public Path authorityStore() {
    return folder.resolve("tls-ca.p12");
  }

  /// The authority's certificate, for clients.
  public Path authority() {
    return folder.resolve(CA_FILE);
  }

  /// Whether this server made one for itself.
  public boolean exists() {
    return Files.exists(authorityStore());
  }

  /// Makes an authority and a certificate for these names.
  ///
  /// @param hosts names and addresses by which clients reach the server
  /// @throws IllegalArgumentException if one is no name
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
  public X509Certificate make(List<String> hosts, SecureRandom random, Instant now)
      throws IOException {
    if (hosts.isEmpty() || hosts.size() > 20) {
      throw new IllegalArgumentException("a certificate is for 1 to 20 names");
    }
    for (var host : hosts) {
      if (!NAME.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "\"" + host + "\" is no host name and no address; write such as interdict.example.com");
      }
    }
    for (var file : List.of(store(), password(), authorityStore(), authority())) {
      if (Files.exists(file)) {
        throw new java.nio.file.FileAlreadyExistsException(file.toString());
      }
    }
    var bytes = new byte[32];
    random.nextBytes(bytes);
    var word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var making = new OwnCertificates(random, now);
    var rootKey = making.key();
    var root = making.root(rootKey, hosts);
    var key = making.key();
    var issuer = making.issuer(key.getPublic(), hosts, root, rootKey.getPrivate());
    OwnerOnly.write(password(), (word + "\n").getBytes(StandardCharsets.UTF_8));
    OwnerOnly.write(
        authorityStore(), stored(AUTHORITY, key.getPrivate(), word.toCharArray(), issuer, root));
    OwnerOnly.write(authority(), pem(root).getBytes(StandardCharsets.UTF_8));
    return issue(making, hosts, issuer, key.getPrivate(), word.toCharArray());
  }

  /// Makes another certificate with another key for the same names, which is presented within
  /// seconds; nothing changes for who trusts the authority.
  ///
  /// @throws IOException if the files cannot be read or written, or what is presented now is
  ///   somebody else's
  public X509Certificate renew(SecureRandom random, Instant now) throws IOException {
    var word = word();
    var signer = signer(word);
    var presented = presented(word, signer.certificate());
    if (presented == null) {
      throw new IOException(
          store()
              + " holds a certificate that this server did not make, and is not replaced; move it"
              + " away, if it is not wanted");
    }
    return renew(presented, signer, word, random, now);
  }

  /// What signs certificates.
  private record Signer(X509Certificate certificate, PrivateKey key) {}

  private X509Certificate renew(
      X509Certificate presented, Signer signer, char[] word, SecureRandom random, Instant now)
      throws IOException {
    var authority = signer.certificate();
    if (authority.getNotAfter().toInstant().minus(EARLY).isBefore(now)) {
      throw new IOException(
          "the authority ends on "
              + authority.getNotAfter().toInstant()
              + ", and no certificate of it holds longer: make the next one with interdict-server"
              + " certificate new --into, give clients its tls-ca.pem, then move its files here");
    }
    return issue(new OwnCertificates(random, now), hosts(presented), authority, signer.key(), word);
  }

  private char[] word() throws IOException {
    return Files.readString(password()).strip().toCharArray();
  }

  private Signer signer(char[] word) throws IOException {
    try {
      var kept = open(authorityStore(), word);
      if (kept.getKey(AUTHORITY, word) instanceof PrivateKey key
          && kept.getCertificate(AUTHORITY) instanceof X509Certificate authority) {
        return new Signer(authority, key);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(authorityStore() + " cannot be read: " + e.getMessage(), e);
    }
    throw new IOException(authorityStore() + " holds no authority of this server");
  }

  /// The certificate that is presented now; null where the authority did not sign it, as when
  /// another was put into its place.
  private @Nullable X509Certificate presented(char[] word, X509Certificate authority)
      throws IOException {
    try {
      if (open(store(), word).getCertificate(SERVER) instanceof X509Certificate found) {
        found.verify(authority.getPublicKey());
        return found;
      }
      return null;
    } catch (SignatureException | InvalidKeyException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IOException(store() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The certificate that is presented now.
  ///
  /// @throws IOException if it cannot be read, or is somebody else's
  public X509Certificate current() throws IOException {
    var word = word();
    var presented = presented(word, signer(word).certificate());
    if (presented == null) {
      throw new IOException(store() + " holds a certificate that this server did not make");
    }
    return presented;
  }

  /// When what clients were given to trust ends.
  ///
  /// @throws IOException if it cannot be read
  public Instant authorityEnd() throws IOException {
    return signer(word()).certificate().getNotAfter().toInstant();
  }

  /// Renews a certificate of our own that ends soon.
  ///
  /// @return the new one; null where it is not time yet, or the certificate is somebody else's
  public @Nullable X509Certificate renewWhereDue(SecureRandom random, Instant now)
      throws IOException {
    if (!exists()) {
      return null;
    }
    var word = word();
    var signer = signer(word);
    var presented = presented(word, signer.certificate());
    return presented != null && presented.getNotAfter().toInstant().minus(EARLY).isBefore(now)
        ? renew(presented, signer, word, random, now)
        : null;
  }

  /// The names in a certificate.
  public static List<String> hosts(X509Certificate certificate) {
    try {
      return Objects.requireNonNull(certificate.getSubjectAlternativeNames(), "ours has them")
          .stream()
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("our own certificate cannot be read", e);
    }
  }

  private X509Certificate issue(
      OwnCertificates making,
      List<String> hosts,
      X509Certificate authority,
      PrivateKey its,
      char[] word)
      throws IOException {
    var key = making.key();
    var certificate = making.server(key.getPublic(), hosts, authority, its);
    // Whole or not at all: a running server reads it whenever it changes.
    var fresh = store().resolveSibling("server.p12.new");
    Files.deleteIfExists(fresh);
    OwnerOnly.write(fresh, stored(SERVER, key.getPrivate(), word, certificate, authority));
    Files.move(fresh, store(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return certificate;
  }

  private static byte[] stored(String alias, PrivateKey key, char[] word, Certificate... chain)
      throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(alias, key, word, chain);
      var bytes = new ByteArrayOutputStream();
      store.store(bytes, word);
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot write a PKCS#12 file", e);
    }
  }

  private static KeyStore open(Path file, char[] word) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, word);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String pem(X509Certificate certificate) throws IOException {
    try {
      var text =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(certificate.getEncoded());
      return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate has an encoding", e);
    }
  }
}
