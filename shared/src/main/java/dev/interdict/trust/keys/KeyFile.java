package dev.interdict.trust.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/// A private key in a file of its owner alone (mode 0600): PKCS#8 as PEM, plain or under a
/// passphrase (PBES2, AES-256, PBKDF2 with HMAC-SHA-256), as `openssl pkey` reads and writes them.
public final class KeyFile {
  private static final String PLAIN = "PRIVATE KEY";
  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
  private static final long MOST_BYTES = 16 << 10;

  private KeyFile() {}

  /// Writes the key into a new file, unprotected.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite a key
  public static void write(Path file, Ed25519Signer signer) throws IOException {
    create(file, Pem.encode(signer.pkcs8(), PLAIN));
  }

  /// Writes the key into a new file, encrypted under `passphrase`.
  ///
  /// @param iterations how often the passphrase is hashed, by PBKDF2
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite a key
  public static void write(
      Path file, Ed25519Signer signer, char[] passphrase, int iterations, SecureRandom random)
      throws IOException {
    create(file, Pem.encode(encrypt(signer.pkcs8(), passphrase, iterations, random), ENCRYPTED));
  }

  /// Whether reading the file takes a passphrase.
  public static boolean isEncrypted(Path file) throws IOException {
    return Pem.has(text(file), ENCRYPTED);
  }

  /// The key in the file, which is not encrypted.
  public static Ed25519Signer read(Path file) throws IOException {
    return read(file, null);
  }

  /// The key in the file.
  ///
  /// @throws IOException if the file cannot be read, holds no Ed25519 key, or the passphrase is
  ///   wrong or missing
  public static Ed25519Signer read(Path file, char @Nullable [] passphrase) throws IOException {
    var text = text(file);
    try {
      if (!Pem.has(text, ENCRYPTED)) {
        return Ed25519Signer.ofPkcs8(Pem.decode(text, PLAIN));
      }
      if (passphrase == null) {
        throw new IOException("key file " + file + " is encrypted; give its passphrase");
      }
      return Ed25519Signer.ofPkcs8(decrypt(Pem.decode(text, ENCRYPTED), passphrase));
    } catch (GeneralSecurityException e) {
      throw new IOException("key file " + file + " does not open with this passphrase", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("key file " + file + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("key file " + file + " is too long to be a key");
    }
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static byte[] encrypt(
      byte[] pkcs8, char[] passphrase, int iterations, SecureRandom random) {
    var salt = new byte[16];
    random.nextBytes(salt);
    try {
      var key = SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(passphrase));
      var cipher = Cipher.getInstance(CIPHER);
      cipher.init(Cipher.ENCRYPT_MODE, key, new PBEParameterSpec(salt, iterations), random);
      // The cipher names its parameters after the whole scheme, for which there is no identifier.
      var parameters = AlgorithmParameters.getInstance("PBES2");
      parameters.init(cipher.getParameters().getEncoded());
      return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(pkcs8)).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java runtime cannot encrypt a key", e);
    }
  }

  private static byte[] decrypt(byte[] info, char[] passphrase)
      throws IOException, GeneralSecurityException {
    var encrypted = new EncryptedPrivateKeyInfo(info);
    // The parameters' text is the name of the whole scheme; getAlgName knows only "PBES2".
    var scheme = encrypted.getAlgParameters().toString();
    var key = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(passphrase));
    var cipher = Cipher.getInstance(scheme);
    cipher.init(Cipher.DECRYPT_MODE, key, encrypted.getAlgParameters());
    return encrypted.getKeySpec(cipher).getEncoded();
  }

  private static void create(Path file, String text) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, ownerOnly(file))) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /// Set while the file is created, so that it is never readable by others. A file system without
  /// such modes (Windows) takes the folder's access list instead.
  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
