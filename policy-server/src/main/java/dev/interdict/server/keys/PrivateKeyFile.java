package dev.interdict.server.keys;

import dev.interdict.trust.keys.KeyFile;
import dev.interdict.trust.keys.Signer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A private key file of either kind, told apart by its content: PKCS#12, or PKCS#8 as PEM.
public final class PrivateKeyFile {
  /// DER of a SEQUENCE, with which every PKCS#12 file begins.
  private static final int SEQUENCE = 0x30;

  private PrivateKeyFile() {}

  /// The key in the file.
  ///
  /// @param alias which of several keys in a PKCS#12 file, or null
  /// @param passphrase asked only if the file is under one
  /// @throws UnusableKeyException if it does not open or holds no such key
  /// @throws IOException if it cannot be read, or others may read it
  public static Signer open(Path file, @Nullable String alias, Passphrase passphrase)
      throws IOException {
    OwnerOnly.requireKey(file);
    var pkcs12 = isPkcs12(file);
    if (!pkcs12 && alias != null) {
      throw new UnusableKeyException(
          "key file " + file + " is PEM, which knows no alias; leave --alias out");
    }
    if (!pkcs12 && !KeyFile.isEncrypted(file)) {
      return pem(file, null);
    }
    var secret = passphrase.of("key file " + file);
    try {
      return pkcs12 ? Pkcs12File.read(file, alias, secret) : pem(file, secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static boolean isPkcs12(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.read() == SEQUENCE;
    }
  }

  private static Signer pem(Path file, char @Nullable [] secret) throws IOException {
    try {
      return KeyFile.read(file, secret);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableKeyException(String.valueOf(e.getMessage()), e);
    }
  }
}
