package dev.interdict.server.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets that must be read again, AES-256-GCM, with a key in a file beside the database and
/// never in it: a dump or a backup of the database alone opens nothing. Servers that share a
/// database share the file. Thread-safe.
public final class Sealing {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecureRandom random;

  /// @param file made when it is first needed, for its owner alone
  public Sealing(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
  }

  /// What was sealed was sealed with another key, or for something else.
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// @param about what the secret is of; it opens for nothing else
  String seal(byte[] secret, String about) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(secret);
      var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  byte[] open(String sealed, String about) throws BrokenException {
    try {
      var all = Base64.getDecoder().decode(sealed);
      if (all.length < NONCE_BYTES) {
        throw new IllegalArgumentException("too short");
      }
      var nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
      if (!Files.exists(file)) {
        // Made here, it would only be another one.
        throw new GeneralSecurityException("there is no key");
      }
      return cipher(Cipher.DECRYPT_MODE, nonce, about)
          .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new BrokenException(
          "a secret of "
              + about
              + " was not sealed with the key in "
              + file
              + "; servers that share a database need the same file",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String about) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] key() {
    try {
      if (!Files.exists(file)) {
        create();
      }
      var key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw new IOException(
            "the sealing key in " + file + " is damaged; bring back the right file");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whole or not at all, and the first of several who make it wins.
  private void create() throws IOException {
    var key = new byte[KEY_BYTES];
    random.nextBytes(key);
    var name = String.valueOf(file.getFileName());
    var temporary = file.resolveSibling(name + "." + Long.toHexString(random.nextLong()));
    var only =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(temporary, options, only)) {
      channel.write(ByteBuffer.wrap(key));
      channel.force(true);
    }
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // Somebody was first; theirs is the key.
    } catch (UnsupportedOperationException e) {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
