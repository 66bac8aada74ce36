package dev.interdict.agent.platform.watch;

import java.util.Arrays;

/// Whether a name that arrives may be that of a known thing: the same name, or one that differs
/// only in what follows the first digit, as versions do (`tool-1.2` and `tool-1.10`, `2.1.3` and
/// `2.2.0`).
public final class NameStem {
  private final byte[] name;
  private final int stem;

  public NameStem(byte[] name) {
    this.name = name.clone();
    this.stem = digit(name);
  }

  private static int digit(byte[] name) {
    for (var i = 0; i < name.length; i++) {
      if (name[i] >= '0' && name[i] <= '9') {
        return i;
      }
    }
    return name.length;
  }

  /// Whether `other` may be the same thing, in this version or another.
  public boolean fits(byte[] other) {
    if (Arrays.equals(name, other)) {
      return true;
    }
    return stem < name.length
        && digit(other) == stem
        && stem < other.length
        && Arrays.equals(name, 0, stem, other, 0, stem);
  }
}
