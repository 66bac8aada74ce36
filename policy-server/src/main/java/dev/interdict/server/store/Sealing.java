package dev.interdict.server.store;

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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals secrets that must be read again, AES-256-GCM, with a key in a file beside the database and
/// never in it: a dump or a backup of the database alone opens nothing. Servers that share a
/// database share the file. A key is made where nothing is sealed yet, and never in place of one
/// that is gone. Thread-safe.
public final class Sealing {
  /// What older servers had beside it for webhooks, in base64url; opens what was sealed with it.
  private static final String OLDER = "webhooks.key";

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final Supplier<List<Kept>> kept;
  private final SecureRandom random;

  /// Something that is sealed.
  ///
  /// @param about what it is of
  public record Kept(String about, String sealed) {}

  /// @param file made when it is first needed, for its owner alone
  /// @param kept all that is sealed
  public Sealing(Path file, Supplier<List<Kept>> kept, SecureRandom random) {
    this.file = file;
    this.kept = kept;
    this.random = random;
  }

  /// What was sealed was sealed with another key, or for something else; or the key is gone.
  public static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// Looks whether the key is there, if anything is sealed with it.
  ///
  /// @throws BrokenException if it is gone
  public void check() throws BrokenException {
    if (Files.exists(file)) {
      return;
    }
    for (var each : kept.get()) {
      if (older(each.sealed(), each.about()) == null) {
        throw new BrokenException(
            "a secret of "
                + each.about()
                + " is sealed, but the key is gone: bring "
                + file
                + " back, or copy it from the server where it was made",
            null);
      }
    }
  }

  /// @param about what the secret is of; it opens for nothing else
  /// @throws BrokenException if the key is gone
  public String seal(byte[] secret, String about) throws BrokenException {
    check();
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(key(), Cipher.ENCRYPT_MODE, nonce, about).doFinal(secret);
      var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  /// Opens what was sealed.
  public byte[] open(String sealed, String about) throws BrokenException {
    var found = older(sealed, about);
    if (found == null) {
      check();
      found = Files.exists(file) ? opened(key(), sealed, about) : null;
    }
    if (found == null) {
      throw new BrokenException(
          "a secret of "
              + about
              + " was not sealed with the key in "
              + file
              + "; servers that share a database need the same file",
          null);
    }
    return found;
  }

  private byte @Nullable [] older(String sealed, String about) {
    var older = file.resolveSibling(OLDER);
    try {
      if (!Files.exists(older)) {
        return null;
      }
      var key = Base64.getUrlDecoder().decode(Files.readString(older).strip());
      return key.length == KEY_BYTES ? opened(key, sealed, about) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // Damaged, it opens nothing; what it sealed says so.
      return null;
    }
  }

  private static byte @Nullable [] opened(byte[] key, String sealed, String about) {
    try {
      var all = Base64.getDecoder().decode(sealed);
      if (all.length < NONCE_BYTES) {
        return null;
      }
      return cipher(key, Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES), about)
          .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Cipher cipher(byte[] key, int mode, byte[] nonce, String about)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
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
