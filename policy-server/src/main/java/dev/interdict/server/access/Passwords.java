package dev.interdict.server.access;

import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Password hashes: Argon2id with 19 MiB, two passes, one lane, in the usual text form, which says
/// how much work it took: a hash that took less than a new one does is still known. Thread-safe.
final class Passwords {
  /// How much a guess costs.
  record Work(int memoryKib, int passes) {
    /// What OWASP asks for at least.
    static final Work STANDARD = new Work(19 << 10, 2);

    private String prefix() {
      return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=1$";
    }

    private boolean covers(Work other) {
      return other.memoryKib <= memoryKib && other.passes <= passes;
    }
  }

  /// Shortest password; there is no other rule for its characters.
  static final int SHORTEST = 12;

  private static final int LONGEST = 256;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]{0,2}),p=1\\$"
              + "([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

  /// Each hash takes 19 MiB, so no more than this many are made at a time.
  private static final Semaphore AT_A_TIME = new Semaphore(4, true);

  /// Of the shape of a stored password, made without the work of one: no password is asked for it.
  private static final String NOBODY = "A".repeat(22) + "$" + "A".repeat(43);

  private final SecureRandom random;
  private final Work work;

  Passwords(SecureRandom random) {
    this(random, Work.STANDARD);
  }

  /// @param work of a new hash, at most the standard
  Passwords(SecureRandom random, Work work) {
    this.random = random;
    this.work = work;
  }

  /// @throws IllegalArgumentException if it is too short or too long
  String hash(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw new SentenceException(
          Sentence.of("account.password", "a password has %s to %s characters", SHORTEST, LONGEST));
    }
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    var base64 = Base64.getEncoder().withoutPadding();
    return work.prefix()
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(argon2id(password, salt, work));
  }

  boolean matches(String password, String stored) {
    var matcher = SHAPE.matcher(stored);
    if (!matcher.matches() || password.length() > LONGEST) {
      return false;
    }
    var taken = new Work(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    if (!Work.STANDARD.covers(taken)) {
      // No version made it, and it could take any memory.
      return false;
    }
    var salt = Base64.getDecoder().decode(matcher.group(3));
    var expected = Base64.getDecoder().decode(matcher.group(4));
    return MessageDigest.isEqual(expected, argon2id(password, salt, taken));
  }

  /// Takes as long as [#matches], so that timing does not tell which accounts exist.
  boolean matchesNobody(String password) {
    matches(password, work.prefix() + NOBODY);
    return false;
  }

  private static byte[] argon2id(String password, byte[] salt, Work work) {
    AT_A_TIME.acquireUninterruptibly();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(work.memoryKib)
              .withIterations(work.passes)
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
