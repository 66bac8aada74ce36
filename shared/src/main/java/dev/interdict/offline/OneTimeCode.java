package dev.interdict.offline;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What the helpdesk answers to a challenge: until when the tool may stay, and the proof that the
/// server says so.
///
/// @param until a whole hour
/// @param proof 70 bits
public record OneTimeCode(Instant until, BigInteger proof) {
  static final int PROOF_BITS = 70;
  private static final int HOUR_BITS = 20;
  private static final long HOUR = 3600;

  /// @throws IllegalArgumentException if a part is out of range
  public OneTimeCode {
    if (!until.equals(whole(until))
        || until.isBefore(Instant.EPOCH)
        || until.getEpochSecond() / HOUR >= 1 << HOUR_BITS) {
      throw new IllegalArgumentException("the end is a whole hour of 1970 to 2089");
    }
    if (proof.signum() < 0 || proof.bitLength() > PROOF_BITS) {
      throw new IllegalArgumentException("the proof has " + PROOF_BITS + " bits");
    }
  }

  /// The last end not after `at` that a code can tell.
  public static Instant whole(Instant at) {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  /// Reads what was read out.
  ///
  /// @throws IllegalArgumentException if it was misread; the message says what to do
  public static OneTimeCode read(String text) {
    var value = Spelling.CODE.read(text);
    var proof = value.mod(BigInteger.ONE.shiftLeft(PROOF_BITS));
    var hours = value.shiftRight(PROOF_BITS).longValueExact();
    return new OneTimeCode(Instant.ofEpochSecond(hours * HOUR), proof);
  }

  /// As it is read out: five groups of four.
  public String text() {
    return Spelling.CODE.write(
        BigInteger.valueOf(until.getEpochSecond() / HOUR).shiftLeft(PROOF_BITS).or(proof));
  }

  /// Leaves the proof out.
  @Override
  public String toString() {
    return "OneTimeCode[until " + until + "]";
  }
}
