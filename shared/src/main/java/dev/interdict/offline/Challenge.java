package dev.interdict.offline;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What a device shows to the employee, who reads it out: which device, which rule, and a number
/// that was never used. It is no secret.
///
/// @param device the first 10 hex digits of the device's id
/// @param rule 20 bits of the hash of the rule's id
/// @param nonce 30 bits, drawn by the device for one code
public record Challenge(String device, int rule, int nonce) {
  /// How many values a nonce has.
  public static final int NONCES = 1 << 30;

  private static final Pattern DEVICE = Pattern.compile("[0-9a-f]{10}");
  private static final int NONCE_BITS = 30;
  private static final int RULE_BITS = 20;

  /// @throws IllegalArgumentException if a part is out of range
  public Challenge {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException("a device is named by its first 10 hex digits");
    }
    if (rule < 0 || rule >= 1 << RULE_BITS || nonce < 0 || nonce >= NONCES) {
      throw new IllegalArgumentException("a rule has 20 bits and a nonce 30");
    }
  }

  /// The challenge of `device` for `rule`.
  public static Challenge of(DeviceId device, RuleId rule, int nonce) {
    return new Challenge(device.value().substring(0, 10), tag(rule), nonce);
  }

  /// Reads what was read out.
  ///
  /// @throws IllegalArgumentException if it was misread; the message says what to do
  public static Challenge read(String text) {
    var value = Spelling.CHALLENGE.read(text);
    var low = value.shiftRight(NONCE_BITS);
    return new Challenge(
        "%010x".formatted(low.shiftRight(RULE_BITS)),
        low.intValue() & (1 << RULE_BITS) - 1,
        value.intValue() & NONCES - 1);
  }

  /// As it is read out: five groups of four.
  public String text() {
    return Spelling.CHALLENGE.write(
        new BigInteger(device, 16)
            .shiftLeft(RULE_BITS)
            .or(BigInteger.valueOf(rule))
            .shiftLeft(NONCE_BITS)
            .or(BigInteger.valueOf(nonce)));
  }

  /// Whether it may be of this device.
  public boolean isOf(DeviceId one) {
    return one.value().startsWith(device);
  }

  /// Whether it may be for this rule.
  public boolean isFor(RuleId one) {
    return tag(one) == rule;
  }

  /// What a code is called that answers to this nonce, on the device and on the server, such as
  /// `C-7KQ2M9`.
  public static String name(int nonce) {
    return "C-" + Spelling.symbols(BigInteger.valueOf(nonce), 6);
  }

  private static int tag(RuleId rule) {
    var hash = Hashes.sha256(rule.value().getBytes(StandardCharsets.UTF_8));
    return new BigInteger(1, hash).shiftRight(256 - RULE_BITS).intValueExact();
  }
}
