package dev.interdict.agent.enforce;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Names one thing in quarantine: 32 hexadecimal digits, also its file name there.
public record HeldId(String text) implements Comparable<HeldId> {
  public HeldId {
    if (!text.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not a quarantine id: " + text);
    }
  }

  /// One that was never used before.
  public static HeldId fresh(RandomGenerator random) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return new HeldId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public int compareTo(HeldId other) {
    return text.compareTo(other.text);
  }
}
