package dev.interdict.server.fleetsim;

/// Chance that needs no state: the same seed, device and question give the same answer in whatever
/// order they are asked. Thread-safe.
record Draw(long seed) {

  /// 64 even bits.
  long bits(long device, int question) {
    return mixed(mixed(seed + device * 0x9E3779B97F4A7C15L) + question * 0xD1B54A32D192ED03L);
  }

  /// From 0 up to and without 1.
  double unit(long device, int question) {
    return (bits(device, question) >>> 11) * 0x1.0p-53;
  }

  /// From 0 up to and without `bound`.
  int below(int bound, long device, int question) {
    return (int) (unit(device, question) * bound);
  }

  /// From 0 up to and without `bound`.
  long below(long bound, long device, int question) {
    return (long) (unit(device, question) * bound);
  }

  /// The index of one of `weights`, as often as it weighs.
  int weighted(int[] weights, long device, int question) {
    var all = 0;
    for (var weight : weights) {
      all += weight;
    }
    var left = below(all, device, question);
    for (var i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("weights are not negative");
  }

  private static long mixed(long bits) {
    var z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
