package dev.interdict.demo.fleet;

import dev.interdict.report.Device;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/// One simulated device: who it is and what becomes of it. A pure function of the seed.
///
/// @param copy how the tool came there; null where it never did
/// @param owner the keyed hash that stands for its user
/// @param reportSeed what the ids and nonces of its reports are drawn from
record Life(
    Division division,
    Device facts,
    KeyPair keys,
    Fate fate,
    @Nullable Copy copy,
    String version,
    String owner,
    boolean running,
    long reportSeed) {

  /// Whether it has the tool when it is first seen.
  boolean hasIt() {
    return copy != null;
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return "Life[" + facts + ", " + fate + "]";
  }
}
