package dev.interdict.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Password hashes: Argon2id with 19 MiB, two passes, one lane, in the usual text form.
/// Thread-safe.
final class Passwords {
  /// Shortest password; there is no other rule for its characters.
  static final int SHORTEST = 12;

  private static final int LONGEST = 256;
  private static final int MEMORY_KIB = 19 << 10;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$";
  private static final Pattern SHAPE =
      Pattern.compile(Pattern.quote(PREFIX) + "([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  /// Each hash takes 19 MiB, so no more than this many are made at a time.
  private static final Semaphore AT_A_TIME = new Semaphore(4, true);

  /// Of the shape of a stored password, made without the work of one: no password is asked for it.
  private static final String NOBODY = PREFIX + "A".repeat(22) + "$" + "A".repeat(43);

  private final SecureRandom random;

  Passwords(SecureRandom random) {
    this.random = random;
  }

  /// @throws IllegalArgumentException if it is too short or too long
  String hash(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a password has " + SHORTEST + " to " + LONGEST + " characters");
    }
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(argon2id(password, salt));
  }

  boolean matches(String password, String stored) {
    var matcher = SHAPE.matcher(stored);
    if (!matcher.matches() || password.length() > LONGEST) {
      return false;
    }
    var salt = Base64.getDecoder().decode(matcher.group(1));
    var expected = Base64.getDecoder().decode(matcher.group(2));
    return MessageDigest.isEqual(expected, argon2id(password, salt));
  }

  /// Takes as long as [#matches], so that timing does not tell which accounts exist.
  boolean matchesNobody(String password) {
    matches(password, NOBODY);
    return false;
  }

  private static byte[] argon2id(String password, byte[] salt) {
    AT_A_TIME.acquireUninterruptibly();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(MEMORY_KIB)
              .withIterations(PASSES)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      var hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      AT_A_TIME.release();
    }
  }
}
