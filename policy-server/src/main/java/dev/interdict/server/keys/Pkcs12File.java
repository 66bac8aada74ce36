package dev.interdict.server.keys;

import dev.interdict.trust.keys.Ed25519Signer;
import dev.interdict.trust.keys.PrivateKeySigner;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.SigningException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A private key in a PKCS#12 file (RFC 7292) under a passphrase, as `openssl pkcs12` and `keytool`
/// read and write them.
///
/// What we write: the key under PBES2 with AES-256 and PBKDF2 with HMAC-SHA-256, the integrity
/// check likewise with HMAC-SHA-256, each with as many iterations as are asked for, where the JDK's
/// own default is 10,000; beside it, not encrypted, a certificate that carries the public half
/// ([SelfSigned]). An encrypted certificate would be one more thing to guess the passphrase on.
public final class Pkcs12File {
  private static final int MOST_BYTES = 64 << 10;
  private static final String PBES = "PBEWithHmacSHA256AndAES_256";

  private Pkcs12File() {}

  /// The JDK's provider takes these from nowhere but properties.
  private static Map<String, String> strength(int iterations) {
    return Map.of(
        "keystore.pkcs12.keyProtectionAlgorithm",
        PBES,
        "keystore.pkcs12.keyPbeIterationCount",
        String.valueOf(iterations),
        "keystore.pkcs12.certProtectionAlgorithm",
        "NONE",
        "keystore.pkcs12.macAlgorithm",
        "HmacPBESHA256",
        "keystore.pkcs12.macIterationCount",
        String.valueOf(iterations));
  }

  /// Writes the key into a new file of its owner alone.
  ///
  /// @param alias its name within the file
  /// @param iterations how often the passphrase is hashed, by PBKDF2
  /// @return the key as it is read back from what was written
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
  public static Signer write(
      Path file, KeyPair pair, String alias, char[] passphrase, int iterations) throws IOException {
    var bytes = encode(pair, alias, passphrase, iterations);
    var signer = decode(bytes, "key file " + file, alias, passphrase);
    OwnerOnly.write(file, bytes);
    return signer;
  }

  /// The key in the file.
  ///
  /// @param alias which of several keys, or null where there is but one
  /// @throws UnusableKeyException if the passphrase is wrong, or there is no such key in the file
  public static Signer read(Path file, @Nullable String alias, char[] passphrase)
      throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnusableKeyException("key file " + file + " is too long to be a key");
      }
      return decode(bytes, "key file " + file, alias, passphrase);
    }
  }

  private static synchronized byte[] encode(
      KeyPair pair, String alias, char[] passphrase, int iterations) throws IOException {
    var signer = PrivateKeySigner.of(pair.getPrivate(), pair.getPublic());
    var chain = new Certificate[] {SelfSigned.certificate(pair.getPublic(), signer)};
    var before = new HashMap<String, @Nullable String>();
    strength(iterations)
        .forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(alias, pair.getPrivate(), passphrase, chain);
      var bytes = new ByteArrayOutputStream();
      store.store(bytes, passphrase);
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime cannot write a PKCS#12 file", e);
    } finally {
      before.forEach((name, value) -> {
        if (value == null) {
          System.clearProperty(name);
        } else {
          System.setProperty(name, value);
        }
      });
    }
  }

  private static Signer decode(byte[] bytes, String what, @Nullable String alias, char[] passphrase)
      throws UnusableKeyException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), passphrase);
      var chosen = choose(store, what, alias);
      if (!(store.getKey(chosen, passphrase) instanceof PrivateKey privateKey)) {
        throw new UnusableKeyException(what + " holds no private key named " + chosen);
      }
      var signer = signer(privateKey, store.getCertificate(chosen));
      // A certificate of another key would make us hand out another key's public half.
      signer.sign(new byte[0]);
      return signer;
    } catch (UnrecoverableKeyException e) {
      throw wrongPassphrase(what, e);
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException(what + " holds what this Java runtime cannot read", e);
    } catch (UnusableKeyException e) {
      throw e;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw wrongPassphrase(what, e);
      }
      throw new UnusableKeyException(
          what + " is no PKCS#12 file, or a damaged one; take another copy of it", e);
    } catch (IllegalArgumentException | SigningException e) {
      throw new UnusableKeyException(what + ": " + e.getMessage(), e);
    }
  }

  private static UnusableKeyException wrongPassphrase(String what, Exception cause) {
    return new UnusableKeyException(
        what + " does not open: the passphrase is wrong, or the file is damaged", cause);
  }

  private static String choose(KeyStore store, String what, @Nullable String alias)
      throws GeneralSecurityException, UnusableKeyException {
    var keys = new TreeSet<String>();
    for (var name : Collections.list(store.aliases())) {
      if (store.isKeyEntry(name)) {
        keys.add(name);
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableKeyException(what + " holds no private key");
    }
    if (alias == null && keys.size() > 1) {
      throw new UnusableKeyException(
          what + " holds several keys; choose one with --alias: " + String.join(", ", keys));
    }
    if (alias != null && !store.isKeyEntry(alias)) {
      throw new UnusableKeyException(
          what + " holds no key named " + alias + ", but: " + String.join(", ", keys));
    }
    return alias == null ? keys.first() : alias;
  }

  private static Signer signer(PrivateKey privateKey, @Nullable Certificate certificate) {
    if (certificate != null) {
      return PrivateKeySigner.of(privateKey, certificate.getPublicKey());
    }
    if (privateKey instanceof EdECPrivateKey edwards) {
      return Ed25519Signer.of(edwards);
    }
    throw new IllegalArgumentException(
        "there is no certificate beside the key, and only that of an Ed25519 key can be done"
            + " without");
  }
}
