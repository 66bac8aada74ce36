package dev.interdict.trust;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.Rfc3339;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A server's signed answer to "what time is it", by the time key that the root names. The nonce of
/// the one who asks makes it an answer to this question and no earlier one; the time is at least
/// `now` and at most `now` plus the round trip plus one second.
///
/// @param now in whole seconds
public record TimeStatement(Instant now) {
  /// Of what an asker draws at random.
  public static final int NONCE_BYTES = 32;

  private static final String TYPE = "time";
  private static final int MOST_BYTES = 4 << 10;

  /// The answer's bytes.
  public static byte[] sign(byte[] nonce, Instant now, Signer timeKey) {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes");
    }
    var signed =
        Json.object()
            .put("_type", TYPE)
            .put("nonce", HexFormat.of().formatHex(nonce))
            .put("now", Rfc3339.format(now))
            .build();
    return SignedFile.sign(signed, List.of(timeKey)).bytes();
  }

  /// Reads an answer to the question `nonce`.
  ///
  /// @throws RepositoryException if it is malformed, answers another question, is not signed by the
  ///   root's time keys, or the root names none
  public static TimeStatement verify(byte[] answer, byte[] nonce, Root root)
      throws RepositoryException {
    var what = "time statement";
    if (answer.length > MOST_BYTES) {
      throw new RepositoryException(
          Family.LIMIT, what + " is longer than " + MOST_BYTES + " bytes");
    }
    var keys = root.time();
    if (keys == null) {
      throw new RepositoryException(Family.SIGNATURE, "the root names no key for time statements");
    }
    var file = SignedFile.read(answer, what);
    keys.verify(file, what, root.schemes());
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(file.signed(), faults);
    var type = fields.text("_type");
    var answered = fields.parsed("nonce", HexFormat.of()::parseHex, new byte[0]);
    var now = fields.parsed("now", Rfc3339::parse, Instant.EPOCH);
    fields.end();
    if (!faults.isEmpty() || !type.equals(TYPE)) {
      throw new RepositoryException(Family.MALFORMED, what + " is malformed");
    }
    if (nonce.length != NONCE_BYTES || !MessageDigest.isEqual(nonce, answered)) {
      throw new RepositoryException(Family.MISMATCH, what + " answers another question");
    }
    return new TimeStatement(now);
  }
}
