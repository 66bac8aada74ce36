package dev.interdict.server.store;

import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
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

  /// How often it is looked for a key that somebody is writing.
  private static final int LOOKS = 20;

  private static final Duration BETWEEN = Duration.ofMillis(50);

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

  /// What was sealed was sealed with another key, or for something else; or the key is gone or
  /// damaged.
  public static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;

    BrokenException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /// Looks whether all that is sealed opens here.
  ///
  /// @throws BrokenException if the key is gone, damaged, or another one
  public void check() throws BrokenException {
    check(read());
  }

  private void check(byte @Nullable [] key) throws BrokenException {
    for (var each : kept.get()) {
      var _ = open(key, each.sealed(), each.about());
    }
  }

  /// @param about what the secret is of; it opens for nothing else
  /// @throws BrokenException if something is sealed already that does not open here: with another
  ///   key beside that one, neither server would open all
  public String seal(byte[] secret, String about) throws BrokenException {
    var key = whole();
    check(key);
    if (key == null) {
      key = made();
    }
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var sealed = cipher(key, Cipher.ENCRYPT_MODE, nonce, about).doFinal(secret);
      var all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
      return Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  /// Opens what was sealed.
  public byte[] open(String sealed, String about) throws BrokenException {
    return open(read(), sealed, about);
  }

  private byte[] open(byte @Nullable [] key, String sealed, String about) throws BrokenException {
    var found = key == null ? null : opened(key, sealed, about);
    if (found == null) {
      found = older(sealed, about);
    }
    if (found != null) {
      return found;
    }
    throw new BrokenException(
        key == null
            ? "a secret of "
                + about
                + " is sealed, but the key is gone: bring "
                + file
                + " back, or copy it from the server where it was made"
            : "a secret of "
                + about
                + " was not sealed with the key in "
                + file
                + "; servers that share a database need the same file: copy it from the server"
                + " where that was sealed, or remove and set up again what it is of",
        null);
  }

  private byte @Nullable [] older(String sealed, String about) throws BrokenException {
    var older = file.resolveSibling(OLDER);
    try {
      var key = Base64.getUrlDecoder().decode(Files.readString(older).strip());
      return key.length == KEY_BYTES ? opened(key, sealed, about) : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new BrokenException("the key in " + older + " cannot be read: " + e.getMessage(), e);
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

  /// The key; null where there is none.
  private byte @Nullable [] read() throws BrokenException {
    byte[] key;
    try (var in = Files.newInputStream(file)) {
      key = in.readNBytes(KEY_BYTES + 1);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new BrokenException("the sealing key in " + file + " cannot be read: " + e, e);
    }
    if (key.length != KEY_BYTES) {
      throw new BrokenException(
          "the sealing key in "
              + file
              + " is damaged; bring back the right file, or delete it if nothing was sealed yet",
          null);
    }
    return key;
  }

  /// As [#read], and waits for one that somebody is just writing.
  private byte @Nullable [] whole() throws BrokenException {
    for (var looks = 1; ; looks++) {
      try {
        return read();
      } catch (BrokenException e) {
        if (looks == LOOKS) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    }
  }

  /// A new key, durable before anything is sealed with it; the first of several who make one wins.
  private byte[] made() throws BrokenException {
    var fresh = new byte[KEY_BYTES];
    random.nextBytes(fresh);
    var only =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, only)) {
      write(channel, fresh);
    } catch (FileAlreadyExistsException e) {
      // Somebody was first; theirs is the key.
    } catch (IOException e) {
      throw new BrokenException("no sealing key can be made in " + file + ": " + e, e);
    }
    var key = whole();
    if (key == null) {
      throw new BrokenException("the sealing key in " + file + " was taken away", null);
    }
    return key;
  }

  private void write(FileChannel channel, byte[] key) throws IOException {
    try {
      var buffer = ByteBuffer.wrap(key);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      DurableFile.flush(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    } catch (IOException e) {
      // Nothing is sealed with it yet; left there, it would be taken for a damaged one.
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
